import { LossboardError } from '../../../core/errors.ts'
import { KINDS } from '../../../core/kinds/registry.ts'
import type { JsonObject, Run } from '../../../core/run.ts'
import type { Store } from '../../../db/store.ts'
import type { ResolvedLabConfig } from '../config/lab-config.ts'
import { parseLabConfig } from '../config/parse-lab-config.ts'
import type { Preprocessing } from '../preprocessing/preprocessing.ts'
import { preprocessingFromJson } from '../preprocessing/registry.ts'
import type { CheckpointState } from '../training/checkpoint-codec.ts'
import { bestOf, chooseCheckpoint, type KeptCheckpoint, keptCheckpoints, readCheckpoint } from '../training/find-checkpoint.ts'
import type { EnsembleMember, EnsembleOptions } from './ensemble-options.ts'

/** One member with everything needed to run it. */
export interface Member {
  run: Run
  config: ResolvedLabConfig
  kept: KeptCheckpoint
  state: CheckpointState
  preprocessing: Preprocessing
  /** Content hashes of the splits it was trained and tested on. */
  hashes: { validation: string; test: string }
}

/** @throws LossboardError `not_found` for a run or checkpoint that is not there, `invalid_option` for fewer than two members */
export async function findMembers(store: Store, { members, snapshots }: EnsembleOptions): Promise<Member[]> {
  if ((members === undefined) === (snapshots === undefined))
    throw new LossboardError('invalid_option', 'an ensemble needs members, or the run whose snapshots it is made of: give one of them')
  const found = snapshots === undefined ? await ofRuns(store, members ?? []) : await ofSnapshots(store, snapshots)
  const keys = found.map(({ run, kept }) => `${run.id}:${kept.step}`)
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index)
  if (twice >= 0) throw new LossboardError('invalid_option', `${found[twice]?.run.name} at step ${found[twice]?.kept.step} is a member twice`)
  if (found.length < 2) throw new LossboardError('invalid_option', `an ensemble needs at least two members, got ${found.length}`)
  return found
}

async function ofRuns(store: Store, members: readonly EnsembleMember[]): Promise<Member[]> {
  const found: Member[] = []
  for (const { run: reference, checkpoint } of members) {
    const run = await store.findRun(reference)
    const kept = await keptCheckpoints(store, run.id)
    const metric = (run.config as { checkpoints?: ResolvedLabConfig['checkpoints'] }).checkpoints?.metric ?? 'val/accuracy'
    const choice = checkpoint ?? (bestOf(kept, metric) ? 'best' : 'last')
    found.push(await readMember(store, run, chooseCheckpoint(kept, choice, run)))
  }
  return found
}

async function ofSnapshots(store: Store, reference: string): Promise<Member[]> {
  const run = await store.findRun(reference)
  const kept = (await keptCheckpoints(store, run.id)).filter(({ value }) => value.reason.includes('snapshot'))
  if (kept.length < 2)
    throw new LossboardError(
      'not_found',
      `run ${run.name} has ${kept.length === 0 ? 'no snapshots' : 'one snapshot'}: train with snapshots: { every: 1 } to keep one every epoch`,
    )
  const members: Member[] = []
  for (const one of kept) members.push(await readMember(store, run, one))
  return members
}

async function readMember(store: Store, run: Run, kept: KeptCheckpoint): Promise<Member> {
  const config = parseLabConfig({ ...run.config, project: run.project }, `the config of run ${run.name}`)
  const state = await readCheckpoint(store, run, kept)
  const [data] = await store.records({ runId: run.id, name: 'data', kind: 'facts', last: true, limit: 1 })
  const [transform] = await store.records({ runId: run.id, name: 'preprocessing', kind: 'facts', last: true, limit: 1 })
  const blob = transform?.blobHash ? await store.blob(transform.blobHash) : null
  if (!data || !blob)
    throw new LossboardError('invalid_argument', `run ${run.name} does not say what data it was trained on: it was not trained by the lab`)
  const { hashes } = KINDS.facts.decode(data.payload).data as { hashes: Member['hashes'] }
  const preprocessing = preprocessingFromJson(JSON.parse(new TextDecoder().decode(blob.bytes)) as JsonObject)
  return { run, config, kept, state, preprocessing, hashes }
}

/** @throws LossboardError `invalid_option` when members cannot be averaged or tested together */
export function checkTogether(members: readonly Member[]): void {
  const [first, ...others] = members
  if (!first) return
  const refuse = (other: Member, what: string) =>
    new LossboardError('invalid_option', `${first.run.name} and ${other.run.name} cannot be members of one ensemble: ${what}`)
  for (const other of others) {
    if (other.state.classes.join('\n') !== first.state.classes.join('\n'))
      throw refuse(other, `their classes are ${list(first.state.classes)} and ${list(other.state.classes)}`)
    if (other.hashes.test !== first.hashes.test)
      throw refuse(
        other,
        `they have different test splits (${first.config.data.kind} and ${other.config.data.kind}, SHA-256 ${first.hashes.test.slice(0, 8)} and ${other.hashes.test.slice(0, 8)}): what one is tested on, the other may have learned. Train them with the same seeds.split`,
      )
    if (other.preprocessing.kind !== first.preprocessing.kind)
      throw refuse(other, `their inputs are preprocessed differently (${first.preprocessing.kind} and ${other.preprocessing.kind})`)
    if (other.config.loss.kind !== first.config.loss.kind)
      throw refuse(other, `their outputs mean different things (${first.config.loss.kind} and ${other.config.loss.kind})`)
  }
}

function list(classes: readonly string[]): string {
  return classes.length > 6 ? `${classes.slice(0, 6).join(', ')}, … (${classes.length})` : classes.join(', ')
}
