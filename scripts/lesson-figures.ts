/**
 * `npx tsx scripts/lesson-figures.ts STORE.db`: the pictures and tables of docs/lessons.md, made again from a store that the scripts in
 * `examples/lessons` have filled (`--dir STORE.db`). Of several runs of one name the newest counts.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DARK_LOOK, LIGHT_LOOK } from '../app/_charts/look.ts'
import { renderSvg } from '../app/_charts/render-svg.ts'
import { scalarKind } from '../app/_charts/scalar/kind.ts'
import type { XyData } from '../app/_charts/xy/xy-data.ts'
import { RUN_PALETTE } from '../core/colour.ts'
import type { Run } from '../core/run.ts'
import { openStore } from '../db/open.ts'
import { LESSON_FIGURES, type LessonFigure } from './lessons/figures.ts'
import { ROOT } from './paths.ts'

const OUT = join(ROOT, 'docs/images/lessons')
const PAGE = join(ROOT, 'docs/lessons.md')
const SIZE = { width: 640, height: 280 }
/** Columns the lines are thinned to: small files, no visible difference at this size. */
const COLUMNS = 80
const LOOKS = { light: LIGHT_LOOK, dark: DARK_LOOK }
const TABLE = {
  'train-eval/loss': 'train loss',
  'train-eval/accuracy': 'train accuracy',
  'val/loss': 'val loss',
  'val/accuracy': 'val accuracy',
  'test/accuracy': 'test accuracy',
}

const [path] = process.argv.slice(2)
if (!path) {
  console.error('which store? npx tsx scripts/lesson-figures.ts STORE.db')
  process.exit(2)
}
const store = await openStore(path, { mode: 'read' })
const { runs } = await store.overview({}, [])
await mkdir(OUT, { recursive: true })
let page = await readFile(PAGE, 'utf8')
for (const figure of LESSON_FIGURES) {
  const found = lessonRuns(figure.name)
  if (found.length === 0) throw new Error(`${path} has no runs of the lesson ${figure.name}`)
  const data = await chartOf(figure, found)
  for (const [theme, look] of Object.entries(LOOKS))
    await writeFile(join(OUT, `${figure.name}-${theme}.svg`), renderSvg(scalarKind, data, { ...look, selfContained: true }, SIZE))
  page = filled(page, figure.name, [...picture(figure, scalarKind.notes(data)), '', ...(await tableOf(found))])
}
await store.close()
await writeFile(PAGE, page)

/** In the order they were trained. */
function lessonRuns(lesson: string): Run[] {
  const ended = runs.filter(({ project, status }) => project === `lesson-${lesson}` && status === 'finished')
  const newest = new Map(ended.sort((a, b) => a.startedAt - b.startedAt).map((run) => [run.name, run]))
  return [...newest.values()].sort((a, b) => a.startedAt - b.startedAt)
}

async function chartOf({ title, metric, beside, smoothing, logY, shows = () => true }: LessonFigure, found: Run[]): Promise<XyData> {
  const drawn = found.filter(({ name }) => shows(name)).flatMap((run) => [metric, ...(beside ? [beside] : [])].map((name) => ({ run, name })))
  const columns = await store.chart(
    drawn.map(({ run, name }) => ({ runId: run.id, name, x: { kind: 'step' }, range: null, width: COLUMNS, smoothing, abandoned: false })),
  )
  const lines = drawn.flatMap(({ run, name }, index) => {
    const data = columns[index]
    if (!data) return []
    const colour = RUN_PALETTE[index % RUN_PALETTE.length] ?? 'grey'
    return [{ key: `${run.id} ${name}`, runId: run.id, name, label: beside ? name : run.name, colour, dash: 'solid' as const, columns: data }]
  })
  return { title, lines, x: { kind: 'step' }, smoothing, view: null, logY, clipOutliers: false }
}

function picture({ name, title }: LessonFigure, notes: string[]): string[] {
  const address = (theme: string) => `images/lessons/${name}-${theme}.svg`
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${address('dark')}">`,
    `  <img src="${address('light')}" alt="${title}, a line per run" width="${SIZE.width}">`,
    '</picture>',
    ...(notes.length > 0 ? ['', notes.join(' ')] : []),
  ]
}

async function tableOf(found: Run[]): Promise<string[]> {
  const rows = await Promise.all(
    found.map(async ({ id, name }) => {
      const series = new Map((await store.series(id)).map((one) => [one.name, one.last]))
      return [name, ...Object.keys(TABLE).map((metric) => figureOf(metric, series.get(metric)))]
    }),
  )
  return [['run', ...Object.values(TABLE)], ['---', ...Object.keys(TABLE).map(() => '---:')], ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

function figureOf(metric: string, value: number | undefined): string {
  if (value === undefined) return '–'
  return metric.endsWith('accuracy') && !Number.isNaN(value)
    ? `${(100 * value).toFixed(1)} %`
    : String(Number.isNaN(value) ? value : value.toFixed(3))
}

/** The page with what stands between the marks of a lesson replaced. */
function filled(text: string, lesson: string, content: string[]): string {
  const [begin, end] = [`<!-- ${lesson}: made by scripts/lesson-figures.ts -->`, `<!-- ${lesson}: end -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/lessons.md has no place for ${lesson}: ${begin} … ${end}`)
  return `${text.slice(0, from + begin.length)}\n${content.join('\n')}\n${text.slice(to)}`
}
