import { Command } from 'commander'
import { VERSION } from '../core/version.ts'
import { DEFAULT_VERB, VERBS } from './verbs/registry.ts'

/** The whole command line as a commander program; nothing is run before `parseAsync`. */
export function buildProgram(): Command {
  const program = quiet(new Command('lossboard'))
  DEFAULT_VERB.configure(program)
  program
    .description('Open the dashboard of a store, train the demo, or print what is in a store.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [verb]', 'show the help of a verb')
    // Options after a verb belong to the verb, also where both have one of the same name.
    .enablePositionalOptions()
  for (const verb of VERBS) {
    const command = quiet(program.command(verb.name)).helpOption('-h, --help', 'show this help')
    verb.configure(command)
  }
  return program
}

/** Commander throws instead of printing and leaving: one place (`main.ts`) says what went wrong. */
function quiet(command: Command): Command {
  return command.exitOverride().configureOutput({ outputError: () => {} })
}
