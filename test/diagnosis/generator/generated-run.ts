import type { RunLog } from './memory-run.ts'

/** A trained run with what was measured about it. */
export interface GeneratedRun {
  /** The diagnosis it is meant to have, or `healthy`. */
  kind: string
  recipe: string
  seed: number
  /** Whether the measurement shows what it is meant to show; other runs are left out and counted. */
  shown: boolean
  figures: Record<string, number>
  /** Other diagnoses that were measured to be true of it. */
  also: string[]
  log: RunLog
}

/** Rules are tuned on even seeds and judged on odd ones. */
export function isHeldOut({ seed }: GeneratedRun): boolean {
  return seed % 2 === 1
}

/** As JSON text: numbers that are not finite become text, and the clock of all points is kept once per step. */
export function encodeRun(run: GeneratedRun): string {
  const { series, ...log } = run.log
  const walls = new Map<number, number>()
  const columns: Record<string, [step: number[], value: (number | string)[]]> = {}
  for (const [name, { step, value, wall }] of Object.entries(series)) {
    step.forEach((at, index) => {
      walls.set(at, wall[index] as number)
    })
    columns[name] = [step, value.map((one) => (Number.isFinite(one) ? Number(one.toPrecision(8)) : String(one)))]
  }
  return JSON.stringify({ ...run, log: { ...log, walls: [...walls], columns } }, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  )
}

export function decodeRun(text: string): GeneratedRun {
  const { log, figures, ...run } = JSON.parse(text) as Omit<GeneratedRun, 'log'> & {
    log: Omit<RunLog, 'series'> & { walls: [number, number][]; columns: Record<string, [number[], (number | string)[]]> }
  }
  const { walls, columns, ...rest } = log
  const wallOf = new Map(walls)
  const series = Object.fromEntries(
    Object.entries(columns).map(([name, [step, value]]) => [name, { step, value: value.map(Number), wall: step.map((at) => wallOf.get(at) ?? 0) }]),
  )
  return { ...run, figures: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value)])), log: { ...rest, series } }
}
