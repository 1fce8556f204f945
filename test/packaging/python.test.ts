import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { HAS_PYTHON, PYTHON_FOLDER } from '../python/run-python.ts'

test.runIf(HAS_PYTHON)('pip installs the Python client into a fresh environment: typed, without dependencies, with its command', async () => {
  await using folder = tempFolder()
  // pip leaves build files beside what it builds.
  const source = join(folder.path, 'source')
  cpSync(PYTHON_FOLDER, source, { recursive: true, filter: (path) => !path.endsWith('__pycache__') })
  const environment = { ...process.env, PYTHONPATH: '', LOSSBOARD_URL: '', LOSSBOARD_MODE: '' }
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, {
      cwd: folder.path,
      encoding: 'utf8',
      env: { ...environment, LOSSBOARD_DIR: folder.path },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  run('python3', '-m', 'venv', 'fresh')
  const python = join(folder.path, 'fresh/bin/python')
  run(python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', source)
  const script = `import lossboard, os
with lossboard.init(quiet=True, system_metrics=False, save_git=False) as run: run.log({"loss": 0.5})
folder = os.path.dirname(lossboard.__file__)
print(run.number, "source" in folder, os.path.exists(os.path.join(folder, "py.typed")), lossboard.__version__)`
  expect(run(python, '-c', script)).toBe('1 False True 0.1.0\n')
  expect(run(python, '-m', 'pip', 'show', 'lossboard')).toMatch(/^Requires: *$/m)
  expect(run(python, '-m', 'lossboard', 'sync')).toContain('nothing to send')
})
