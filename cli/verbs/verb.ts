import type { Command } from 'commander'

/** One word of the `lossboard` command: a file in this folder plus a line in `registry.ts`. */
export interface Verb {
  /** The word typed after `lossboard`. */
  readonly name: string
  /** Exit code of wrong options and arguments, where the usual 2 has another meaning. */
  readonly usageExit?: number
  /** Adds description, arguments, options, examples and the action. Heavy parts are imported inside the action, so that `--help` stays quick. */
  configure(command: Command): void
}
