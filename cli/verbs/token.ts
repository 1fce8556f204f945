import { type Command, InvalidArgumentError, Option } from 'commander'
import { LossboardError } from '../../core/errors.ts'
import { isLive, TOKEN_SCOPES, type Token, type TokenScope } from '../../core/token.ts'
import { formatTime } from '../format-value.ts'
import { printJson } from '../json-output.ts'
import { addStorePath, openForReading, storePath } from '../store-path.ts'
import { type Column, textTable } from '../text-table.ts'
import type { Verb } from './verb.ts'

interface CreateOptions {
  scope: TokenScope
  project?: string
  name?: string
  expires?: number
  dir?: string
  json?: boolean
}

export const token: Verb = {
  name: 'token',
  configure: (command) => {
    command.description('Make, list and revoke the tokens that let programs and browsers use a server of a store.')
    // Settings of the program, such as to throw instead of leaving, come to a verb's own verbs only by this.
    const sub = (name: string): Command => command.command(name).copyInheritedSettings(command).helpOption('-h, --help', 'show this help')
    addStorePath(sub('create'))
      .description('Make a token and print it: it is shown only now, the store keeps a hash of it. The store is made when missing.')
      .addOption(
        new Option('-s, --scope <scope>', 'write: log runs; read: the dashboard, changing nothing; admin: everything')
          .choices(TOKEN_SCOPES)
          .makeOptionMandatory(),
      )
      .option('-p, --project <name>', 'with scope write: only runs of this project')
      .option('-n, --name <name>', 'name for the list (default: a made one)')
      .option('--expires <when>', 'after how long it ends, such as 12h or 30d, or the day, such as 2027-01-31 (default: never)', endOf)
      .option('--json', 'print JSON')
      .action(create)
    addStorePath(sub('list'))
      .description('List the tokens of a store, without their secrets.')
      .option('--json', 'print JSON')
      .action(async (path: string | undefined, options: { dir?: string; json?: boolean }) => {
        const store = await openForReading(storePath(path, options.dir))
        try {
          const tokens = await store.tokens.list()
          if (options.json) printJson(tokens)
          else process.stdout.write(tokens.length === 0 ? `no tokens in ${(await store.info()).location}\n` : `${textTable(COLUMNS, tokens)}\n`)
        } finally {
          await store.close()
        }
      })
    addStorePath(sub('revoke').argument('<token>', 'its name or id'))
      .description('Make a token worthless from now on, on every server of the store.')
      .action(async (reference: string, path: string | undefined, options: { dir?: string }) => {
        const { file } = storePath(path, options.dir)
        const { openStore } = await import('../../db/open.ts')
        const store = await openStore(file, { mode: 'write' })
        try {
          const revoked = await store.tokens.revoke(reference)
          process.stdout.write(`revoked: ${revoked.scope} token "${revoked.name}" (${revoked.id})\n`)
        } finally {
          await store.close()
        }
      })
  },
}

async function create(path: string | undefined, options: CreateOptions): Promise<void> {
  const { scope, project, name, expires, dir, json } = options
  if (project !== undefined && scope !== 'write')
    throw new LossboardError('invalid_option', `--project goes with --scope write: a ${scope} token opens the whole store`)
  for (const [option, value] of [['--project', project] as const, ['--name', name] as const])
    if (value !== undefined && (value.trim() === '' || value.length > 250))
      throw new LossboardError('invalid_option', `${option} must have 1 to 250 characters`)
  const { file } = storePath(path, dir)
  const { openStore } = await import('../../db/open.ts')
  const store = await openStore(file, { mode: 'create' })
  try {
    const made = await store.tokens.create({ name: name ?? null, scope, project: project ?? null, expiresAt: expires ?? null })
    if (json) return printJson({ ...made.token, token: made.text })
    process.stdout.write(`${made.text}\n`)
    process.stderr.write(
      `lossboard: ${scope} token "${made.token.name}" of ${file}, shown only now.${scope === 'read' ? '' : ' Log with LOSSBOARD_URL=http://HOST:PORT LOSSBOARD_TOKEN=… set.'}\n`,
    )
  } finally {
    await store.close()
  }
}

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

/** `30d` from now, or the start of a day of this machine's calendar. */
function endOf(text: string): number {
  const [, count, unit] = /^(\d{1,6})([mhdw])$/.exec(text) ?? []
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  const at = unit
    ? Date.now() + Number(count) * UNITS[unit]!
    : day
      ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3])).getTime()
      : Number.NaN
  if (!(at > Date.now()))
    throw new InvalidArgumentError('It must be a time to come: a number with m, h, d or w, such as 30d, or a day such as 2027-01-31.')
  return at
}

function state(one: Token): string {
  if (one.revokedAt !== null) return `revoked ${formatTime(one.revokedAt)}`
  if (!isLive(one, Date.now())) return 'expired'
  return one.expiresAt === null ? 'live' : `until ${formatTime(one.expiresAt)}`
}

const COLUMNS: Column<Token>[] = [
  { title: 'ID', text: (one) => one.id },
  { title: 'NAME', text: (one) => one.name },
  { title: 'SCOPE', text: (one) => one.scope },
  { title: 'PROJECT', text: (one) => one.project ?? 'any' },
  { title: 'MADE', text: (one) => formatTime(one.createdAt) },
  { title: 'LAST USED', text: (one) => (one.lastUsedAt === null ? 'never' : formatTime(one.lastUsedAt)) },
  { title: 'STATE', text: state },
]
