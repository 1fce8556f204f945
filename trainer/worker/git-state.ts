import { execFile } from 'node:child_process'
import type { RunEnvironment } from '../../core/run.ts'
import { redactUrl } from '../redact.ts'

/** Bytes of the diff that are kept. */
const DIFF_MAX = 1_000_000
const TIMEOUT_MS = 10_000

type Git = NonNullable<RunEnvironment['git']>

interface Answer {
  out: string
  truncated: boolean
}

/** Output of a git command; null when git is missing, this is no repository, or it takes too long. */
function git(args: string[], cwd: string, signal: AbortSignal, maxBuffer = 64 * 1024): Promise<Answer | null> {
  return new Promise((resolve) => {
    // No locks, no prompts, no pager, and no program that a repository's own configuration names: looking must change and run nothing.
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' }
    execFile(
      'git',
      ['-c', 'core.fsmonitor=false', ...args],
      { cwd, signal, maxBuffer, timeout: TIMEOUT_MS, env, windowsHide: true },
      (error, stdout) => {
        const truncated = error !== null && 'code' in error && error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'
        resolve(error && !truncated ? null : { out: stdout.slice(0, maxBuffer), truncated })
      },
    )
  })
}

/** Commit, branch, remote (without credentials) and the changes not committed yet. Null outside a repository or before its first commit. */
export async function gitState(cwd: string, signal: AbortSignal): Promise<Git | null> {
  const [commit, branch, remote, status] = await Promise.all([
    git(['rev-parse', 'HEAD'], cwd, signal),
    git(['symbolic-ref', '--short', '-q', 'HEAD'], cwd, signal),
    git(['config', '--get', 'remote.origin.url'], cwd, signal),
    git(['status', '--porcelain', '--untracked-files=no'], cwd, signal),
  ])
  if (!commit) return null
  const dirty = status !== null && status.out.trim() !== ''
  const diff = dirty ? await git(['diff', 'HEAD', '--no-color', '--no-ext-diff', '--no-textconv'], cwd, signal, DIFF_MAX) : null
  return {
    commit: commit.out.trim(),
    ...(branch && { branch: branch.out.trim() }),
    ...(remote && { remote: redactUrl(remote.out.trim()) }),
    dirty,
    ...(diff && { diff: diff.out, diffTruncated: diff.truncated }),
  }
}
