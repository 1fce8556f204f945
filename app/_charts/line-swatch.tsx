import type { Dash } from './xy/xy-data.ts'

const DASHES: Record<Dash, string | undefined> = { solid: undefined, dashed: '5 3', dotted: '1.5 2.5' }

/** A short piece of a line in its colour and dash. */
export function LineSwatch({ colour, dash = 'solid', width = 18, faded = false }: { colour: string; dash?: Dash; width?: number; faded?: boolean }) {
  return (
    <svg aria-hidden width={width} height={8} className="inline-block shrink-0 align-middle" opacity={faded ? 0.3 : 1}>
      <line x1={0} x2={width} y1={4} y2={4} stroke={colour} strokeWidth={2.5} strokeDasharray={DASHES[dash]} />
    </svg>
  )
}
