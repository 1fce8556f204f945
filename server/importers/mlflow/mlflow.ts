import { statSync } from 'node:fs'
import { findFiles } from '../intake/find-files.ts'
import type { SourceFile, SourceReader } from '../intake/source-reader.ts'
import { isMlflowDatabase, readMlflowDatabase } from './database.ts'
import { mlrunsFolder, mlrunsName, readMlruns } from './mlruns.ts'

export const mlflowReader: SourceReader = {
  kind: 'mlflow',
  title: 'MLflow folders and databases',
  unit: 'number',
  describe: (count) => `${count} MLflow ${count === 1 ? 'store' : 'stores'}`,
  async find(path): Promise<SourceFile[]> {
    const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? mlrunsFolder(path) : null
    if (folder !== null) return [{ path: folder, name: mlrunsName(folder) }]
    return findFiles(path, (name, file) => /\.(db|sqlite3?)$/i.test(name) && isMlflowDatabase(file))
  },
  read: (file, intake) => (statSync(file.path).isDirectory() ? readMlruns(file, intake) : readMlflowDatabase(file, intake)),
}
