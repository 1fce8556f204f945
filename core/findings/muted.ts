import type { FindingMute, RunFinding } from './run-finding.ts'

/** The word of a person that mutes a finding of a run; null when none does. The newest wins. */
export function muteOf(
  finding: Pick<RunFinding, 'rule' | 'subjects'>,
  run: { id: string; project: string },
  mutes: readonly FindingMute[],
): FindingMute | null {
  const fits = (mute: FindingMute) =>
    mute.rule === finding.rule &&
    mute.project === run.project &&
    (mute.runId === null || mute.runId === run.id) &&
    (mute.subjects === null || finding.subjects.every((subject) => mute.subjects?.includes(subject)))
  return mutes.filter(fits).sort((a, b) => b.at - a.at)[0] ?? null
}
