/** Every kind of record. A new kind is one file in this folder and one line here. */
import { audioKind } from './audio.ts'
import { checkpointKind } from './checkpoint.ts'
import { confusionMatrixKind } from './confusion-matrix.ts'
import { consoleKind } from './console.ts'
import { eventDataKind } from './event-data.ts'
import { factsKind } from './facts.ts'
import { findingKind } from './finding.ts'
import { histogramKind } from './histogram.ts'
import { imageKind } from './image.ts'
import { modelKind } from './model.ts'
import { prCurveKind } from './pr-curve.ts'
import type { RecordKind } from './record.ts'
import { textKind } from './text.ts'

export const KINDS = {
  histogram: histogramKind,
  image: imageKind,
  text: textKind,
  console: consoleKind,
  model: modelKind,
  'confusion-matrix': confusionMatrixKind,
  'pr-curve': prCurveKind,
  checkpoint: checkpointKind,
  finding: findingKind,
  facts: factsKind,
  audio: audioKind,
  'event-data': eventDataKind,
} as const satisfies Record<string, RecordKind<unknown>>

export type KindName = keyof typeof KINDS
export type KindValue<Name extends KindName> = (typeof KINDS)[Name] extends RecordKind<infer Value> ? Value : never

/** The kind of a stored record; undefined for a kind of a later version. */
export function recordKind(name: string): RecordKind<unknown> | undefined {
  return Object.hasOwn(KINDS, name) ? KINDS[name as KindName] : undefined
}
