import type { Check } from './check.ts'

export const sqlite: Check = async () => {
  try {
    const { sqliteDriver } = await import('../../db/sqlite/driver.ts')
    const Database = sqliteDriver()
    const db = new Database(':memory:')
    const version = db.prepare('select sqlite_version()').pluck().get()
    db.close()
    return [{ what: 'sqlite', status: 'ok', detail: `SQLite ${version} through better-sqlite3` }]
  } catch (error) {
    return [
      {
        what: 'sqlite',
        status: 'problem',
        detail: `better-sqlite3 does not load: ${(error as Error).message.replaceAll(/\s+/g, ' ')}`,
        mend: `npm rebuild better-sqlite3, with the Node that runs this (${process.version}); compiling needs python3, make and g++`,
      },
    ]
  }
}
