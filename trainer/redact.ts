/** Command lines and addresses may hold secrets; a run is shared with people. What looks like one is replaced, by name or by shape. */
const HIDDEN = '***'
const SECRET_WORDS = new Set('token secret secrets password passwd passphrase pwd apikey auth authorization credential credentials bearer'.split(' '))
/** `key` alone is no secret in machine learning; these before it make it one. */
const SECRET_KEYS = new Set('api access private session secret'.split(' '))
/** Tokens of a tokenizer. */
const TEXT_TOKENS = new Set('eos bos pad unk mask sep cls stop start end'.split(' '))
/** Prefixes of well-known tokens (OpenAI, GitHub, GitLab, Hugging Face, Slack, AWS, Google, npm, PyPI, W&B-like hex) and JSON web tokens. */
const SECRET_SHAPE =
  /\b(?:(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|hf_[A-Za-z0-9]{20,}|xox[abprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{20,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+)/g
/** Long runs of hex or base64 that no path, number or word makes. */
const RANDOM = /^(?=.*\d)(?=.*[A-Za-z])(?:[0-9a-fA-F]{40,}|[A-Za-z0-9+_-]{40,}={0,2})$/

/** A process's arguments as one line that can be pasted into a shell, secrets replaced by ***. */
export function redactCommand(args: readonly string[]): string {
  const shown: string[] = []
  let hideNext = false
  for (const argument of args) {
    if (hideNext && !argument.startsWith('-')) {
      shown.push(HIDDEN)
      hideNext = false
      continue
    }
    const named = /^(-{0,2}[\w.-]+)=(.*)$/s.exec(argument)
    if (named) shown.push(isSecretName(named[1] as string) ? `${named[1]}=${HIDDEN}` : `${named[1]}=${quote(redactValue(named[2] as string))}`)
    else shown.push(quote(redactValue(argument)))
    hideNext = /^-{1,2}\w/.test(argument) && !named && isSecretName(argument)
  }
  return shown.join(' ')
}

/** `--hf-token`, `WANDB_API_KEY`, `dbPassword`, but not `--tokenizer`, `--max-tokens` or `--eos-token`: the last words decide. */
function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const last = words.at(-1) ?? ''
  const before = words.at(-2) ?? ''
  if (last === 'key') return SECRET_KEYS.has(before)
  return SECRET_WORDS.has(last) && !TEXT_TOKENS.has(before)
}

function redactValue(value: string): string {
  return RANDOM.test(value) ? HIDDEN : redactUrl(value).replace(SECRET_SHAPE, HIDDEN)
}

/** An address without user, password and secret parameters. */
export function redactUrl(url: string): string {
  return url
    .replace(/(\w+:\/\/)[^/\s@]+@/g, `$1${HIDDEN}@`)
    .replace(/([?&;])([^=&;\s]+)=([^&;\s]*)/g, (whole, mark: string, name: string) => (isSecretName(name) ? `${mark}${name}=${HIDDEN}` : whole))
}

function quote(argument: string): string {
  return /^[\w@%+=:,./*-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
