const NEVER = Number.NEGATIVE_INFINITY
const UNKNOWN_FILE = -1

/** How far each tag of a run has come, and in which file and attempt: tells a restart from going on. */
export class TagSteps {
  private readonly step: number[] = []
  private readonly file: number[] = []
  private readonly attempt: number[] = []
  /** Highest step of any tag. */
  highest = NEVER

  /** Takes over what the store holds already. */
  load(tag: number, lastStep: number, attempt: number): void {
    this.note(tag, Math.max(lastStep, this.step[tag] ?? NEVER), UNKNOWN_FILE, attempt)
  }

  /** Whether a tag reached `step` before. */
  reached(tag: number, step: number): boolean {
    return step <= (this.step[tag] ?? NEVER)
  }

  /** Whether another file brought the tag to `step` or further, in the attempt that is still written. */
  goesBackToOtherFile(tag: number, step: number, file: number, attempt: number, fileIsNew: boolean): boolean {
    if (!this.reached(tag, step) || this.attempt[tag] !== attempt) return false
    return this.file[tag] === UNKNOWN_FILE ? fileIsNew : this.file[tag] !== file
  }

  /** A step below the tag's own last one, in the attempt that is still written. */
  goesBack(tag: number, step: number, attempt: number): boolean {
    return step < (this.step[tag] ?? NEVER) && this.attempt[tag] === attempt
  }

  note(tag: number, step: number, file: number, attempt: number): void {
    const goesOn = this.attempt[tag] === attempt && step <= this.step[tag]!
    if (!goesOn) this.step[tag] = step
    this.file[tag] = file
    this.attempt[tag] = attempt
    if (step > this.highest) this.highest = step
  }

  /** What lies at or after `step` was taken back. */
  cut(step: number): void {
    for (let tag = 0; tag < this.step.length; tag++) if (this.step[tag]! >= step) this.step[tag] = step - 1
    this.highest = Math.min(this.highest, step - 1)
  }
}
