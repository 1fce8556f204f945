/**
 * `npx tsx scripts/ablation-figures.ts STORE.db [STUDY]`: the example of docs/ablation.md and README.md, made again from a store that
 * `lossboard demo --ablation` has filled. Needs pdflatex and pdftoppm.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { forestHeight } from '../app/_charts/forest/forest-scene.ts'
import { forestKind } from '../app/_charts/forest/kind.ts'
import { PAPER_LOOK } from '../app/_charts/look.ts'
import { renderSvg } from '../app/_charts/render-svg.ts'
import { forestOf } from '../app/_study/forest-of.ts'
import { demoStudy, STUDY_SECONDS } from '../cli/demo/ablation/demo-study.ts'
import { DEFAULT_FORMAT_OPTIONS } from '../core/table/formats/table-format.ts'
import { openStore } from '../db/open.ts'
import { studyAnswer } from '../server/studies/study-answer.ts'
import { studyTable } from '../server/studies/study-table.ts'
import { describeExample } from './ablation/describe-example.ts'
import { renderLatex } from './ablation/render-latex.ts'
import { ROOT } from './paths.ts'

const OUT = join(ROOT, 'docs/ablation-demo')
const PAGE = join(ROOT, 'docs/ablation.md')
/** What counts as no difference that matters, in points; settled before the runs. */
const MARGINS = { 'test/accuracy': 1, 'test/f1-macro': 1 }
const VENUE = 'neurips'
const WIDTH = 640

const [path, reference = demoStudy({ data: 'fashion-mnist', seconds: STUDY_SECONDS }).name] = process.argv.slice(2)
if (!path) {
  console.error('which store? npx tsx scripts/ablation-figures.ts STORE.db [STUDY]')
  process.exit(2)
}
const store = await openStore(path, { mode: 'read' })
const answer = await studyAnswer(store, reference, { overrides: { equivalenceMargins: MARGINS } })
await store.close()
const [metric] = answer.result.metrics
if (!metric) throw new Error(`${reference} has no metric`)

await mkdir(OUT, { recursive: true })
const { text, warnings } = studyTable(answer, 'latex', { ...DEFAULT_FORMAT_OPTIONS, venue: VENUE })
for (const warning of warnings) console.warn(warning)
await writeFile(join(OUT, 'table.tex'), text)
await writeFile(join(OUT, 'table.png'), await renderLatex(text, VENUE))

const forest = forestOf(answer.result, answer.settings, metric)
const size = { width: WIDTH, height: forestHeight(forest.rows.length, { ...PAPER_LOOK, selfContained: true }) }
await writeFile(join(OUT, 'differences.svg'), renderSvg(forestKind, forest, { ...PAPER_LOOK, selfContained: true }, size))

const [begin, end] = ['<!-- made by scripts/ablation-figures.ts -->', '<!-- end of what it made -->']
const page = await readFile(PAGE, 'utf8')
const parts = [page.indexOf(begin), page.indexOf(end)] as const
if (parts[0] < 0 || parts[1] < parts[0]) throw new Error(`${PAGE} has no place for the example: ${begin} … ${end}`)
const described = describeExample(answer, studyTable(answer, 'checklist', DEFAULT_FORMAT_OPTIONS).text.trim(), forestKind.notes(forest))
await writeFile(PAGE, `${page.slice(0, parts[0] + begin.length)}\n\n${described}\n\n${page.slice(parts[1])}`)
