/** One training script in two languages: the same verbs, the same values, logged at the same steps. */
import { finding, histogram, image, init, text } from '../../trainer/index.ts'

/** Bytes of a 1×1 PNG. */
export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='

export const PYTHON_SCRIPT = `
import base64, math, os
import lossboard
from lossboard import Finding, Histogram, Image, Text

run = lossboard.init(project="contract", name="a run", group="g", job_type="train", tags=["t", "u"], notes="n", seed=3, id=os.environ["ID"],
    config={"lr": 0.1, "nan": math.nan, "nested": {"list": [1, 2.5, "x", None, True]}}, capture_console=False, system_metrics=False, quiet=True)
run.define_metric("val/*", step_metric="epoch")
run.define_metric("speed", goal="max", unit="images/s")
for step in range(3000):
    run.log({"train/loss": math.ldexp(3000 - step, -5), "lr": 1 / (step + 1), "flag": step % 2 == 0}, step)
for value in (0.1, 5e-324, 1.7976931348623157e308, math.inf, -math.inf, math.nan, -0.0, 0.0, 1 / 3):
    run.log({"odd": value})
for step in (5, 1, 9, 5, -2):
    run.log({"val": {"loss": step / 4}, "epoch": step}, step)
run.log({"h": Histogram([0.5, 0.25, math.nan, -1, 7], num_bins=5), "e": Histogram([1, 2, 3], edges=[0, 2, 9])}, 10)
run.log({"i": Image(base64.b64decode("${PNG}"), caption="c"), "s": Text("a\\nb", "markdown")}, 11)
run.log({"finding/x": Finding("x", "warning", "t", "d", {"n": math.inf})}, 12)
run.config.update({"more": [1]})
run.summary["best"] = 0.125
run.finish(status="failed", reason="on purpose")
`

/** The TypeScript half. Without `dir`, where it logs to is said by the environment. */
export async function typeScriptClient(dir: string | undefined, id: string): Promise<void> {
  const run = init({
    project: 'contract',
    name: 'a run',
    group: 'g',
    jobType: 'train',
    tags: ['t', 'u'],
    notes: 'n',
    seed: 3,
    id,
    ...(dir !== undefined && { dir }),
    config: { lr: 0.1, nan: Number.NaN, nested: { list: [1, 2.5, 'x', null, true] } },
    captureConsole: false,
    systemMetrics: false,
    quiet: true,
  })
  run.defineMetric('val/*', { step: 'epoch' })
  run.defineMetric('speed', { goal: 'max', unit: 'images/s' })
  for (let step = 0; step < 3000; step++) run.log({ 'train/loss': (3000 - step) / 32, lr: 1 / (step + 1), flag: step % 2 === 0 }, step)
  for (const odd of [0.1, 5e-324, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, -0, 0, 1 / 3]) run.log({ odd })
  for (const step of [5, 1, 9, 5, -2]) run.log({ val: { loss: step / 4 }, epoch: step }, step)
  run.log({ h: histogram([0.5, 0.25, Number.NaN, -1, 7], { bins: 5 }), e: histogram([1, 2, 3], { edges: [0, 2, 9] }) }, 10)
  run.log({ i: image(Buffer.from(PNG, 'base64'), { caption: 'c' }), s: text('a\nb', { format: 'markdown' }) }, 11)
  const warning = finding({ code: 'x', severity: 'warning', title: 't', detail: 'd', evidence: { n: Number.POSITIVE_INFINITY } })
  run.log({ 'finding/x': warning }, 12)
  run.config.update({ more: [1] })
  run.summary.update({ best: 0.125 })
  await run.finish({ status: 'failed', reason: 'on purpose' })
}
