/** Opens STORE in each mode named and prints what came of it as JSON: `open-child.ts STORE MODE…`. */
import { openStore } from '../../db/open.ts'

const [path, ...modes] = process.argv.slice(2) as [string, ...('read' | 'write' | 'create')[]]
const outcomes: unknown[] = []
for (const mode of modes) {
  try {
    const store = await openStore(path, { mode })
    const { warnings } = await store.info()
    outcomes.push({ warnings, points: (await store.series('r1'))[0]?.n ?? 0 })
    await store.close()
  } catch (error) {
    outcomes.push({ code: (error as { code?: unknown }).code, message: (error as Error).message })
  }
}
process.stdout.write(JSON.stringify(outcomes))
