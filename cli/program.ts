import { Command } from 'commander'
import { LossboardError } from '../core/errors.ts'
import { nearMatches } from '../core/near-matches.ts'
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
    .helpCommand(false)
    // Options after a verb belong to the verb, also where both have one of the same name.
    .enablePositionalOptions()
  for (const verb of VERBS) {
    const command = quiet(program.command(verb.name)).helpOption('-h, --help', 'show this help')
    verb.configure(command)
  }
  quiet(program.command('help'))
    .helpOption(false)
    .argument('[verb]', 'one of the verbs above')
    .description('Show the help of a verb.')
    .action((verb: string | undefined) => (verb === undefined ? program : findVerb(program, verb)).help())
  // After the verbs, which would inherit it: what is too much here looks like a mistyped verb, and `serve` says so.
  return program.allowExcessArguments()
}

function findVerb(program: Command, name: string): Command {
  const found = program.commands.find((command) => command.name() === name)
  if (found) return found
  const names = VERBS.map((verb) => verb.name)
  const near = nearMatches(name, names)
  throw new LossboardError(
    'invalid_argument',
    `no verb "${name}": ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there is ${names.join(', ')}`}`,
  )
}

/** Commander throws instead of printing and leaving: one place (`main.ts`) says what went wrong. */
function quiet(command: Command): Command {
  return command.exitOverride().configureOutput({ outputError: () => {} })
}
