import { LossboardError } from '../errors.ts'

/** What is wrong with a declared study, and where in the declaration: the keys that lead there, for whoever knows its file. */
export class StudyProblem extends LossboardError {
  readonly at: readonly string[]
  constructor(message: string, at: readonly string[] = []) {
    super('invalid_option', message)
    this.at = at
  }
}
