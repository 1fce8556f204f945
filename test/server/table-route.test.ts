import { afterEach, beforeEach, expect, it } from 'vitest'
import { TABLE_FORMATS } from '../../core/table/formats/registry.ts'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { studyFromRuns, writeStudy } from '../../server/studies/study-from-runs.ts'
import { send } from './send.ts'
import { ACCURACY, ablationRuns } from './study-runs.ts'
import { type TempStore, tempStore } from './temp-store.ts'

let temp: TempStore
let server: RunningServer

beforeEach(async () => {
  temp = await tempStore()
  const runIds = await ablationRuns(temp.store)
  await writeStudy(
    temp.store,
    await studyFromRuns(temp.store, { name: 'Parts & more', project: 'test', runIds, metrics: [ACCURACY], baseline: null, ignore: undefined }),
  )
  server = await startServer({ store: temp.store, port: 0 })
})
afterEach(async () => {
  await server.close()
  await temp.remove()
})

const get = (query: string) => send(server.port, `/api/table?${query}`)

it.each(TABLE_FORMATS.map(({ id }) => id))('downloads %s, with the same bytes each time', async (format) => {
  const first = await get(`study=Parts%20%26%20more&format=${format}`)
  expect(first.status).toBe(200)
  expect(first.headers['content-disposition']).toMatch(/^attachment; filename="Parts_more\.\w+"$/)
  expect(first.text.length).toBeGreaterThan(100)
  expect((await get(`study=Parts%20%26%20more&format=${format}`)).text).toBe(first.text)
})

it('writes for a venue, with settings over the saved ones', async () => {
  const { text } = await get(`study=Parts%20%26%20more&format=latex&venue=acl&settings=${encodeURIComponent('{"spread":"ci","columns":[]}')}`)
  expect(text.indexOf('\\caption')).toBeGreaterThan(text.indexOf('\\end{tabular}'))
  expect(text).toContain('half-width of the 95\\% confidence interval')
})

it.each([
  ['', 400, /say which study/],
  ['study=nothing', 404, /no study/i],
  ['study=Parts%20%26%20more&format=latx', 400, /did you mean latex/],
  ['study=Parts%20%26%20more&venue=nips', 400, /neurips/],
  ['study=Parts%20%26%20more&settings={', 400, /not JSON/],
  ['study=Parts%20%26%20more&settings=%7B%22spraed%22%3A1%7D', 400, /spraed/],
])('answers ?%s with %d and one clear line', async (query, status, message) => {
  const reply = await get(query)
  expect(reply.status).toBe(status)
  expect(reply.text).toMatch(message)
})
