/** Command lines and addresses may hold secrets; a run is shared with people. What looks like one is replaced, by name or by shape. */
const HIDDEN = '***'
const SECRET_NAME =
  /(token|secret|passw(or)?d|passphrase|pwd|api[-_]?key|apikey|auth|credential|access[-_]?key|private[-_]?key|session[-_]?key|bearer)/i
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
    if (named) shown.push(SECRET_NAME.test(named[1] as string) ? `${named[1]}=${HIDDEN}` : `${named[1]}=${quote(redactValue(named[2] as string))}`)
    else shown.push(quote(redactValue(argument)))
    hideNext = /^-{1,2}\w/.test(argument) && !named && SECRET_NAME.test(argument)
  }
  return shown.join(' ')
}

function redactValue(value: string): string {
  return RANDOM.test(value) ? HIDDEN : redactUrl(value).replace(SECRET_SHAPE, HIDDEN)
}

/** An address without user, password and secret parameters. */
export function redactUrl(url: string): string {
  return url
    .replace(/(\w+:\/\/)[^/\s@]+@/g, `$1${HIDDEN}@`)
    .replace(/([?&;])([^=&;\s]+)=([^&;\s]*)/g, (whole, mark: string, name: string) => (SECRET_NAME.test(name) ? `${mark}${name}=${HIDDEN}` : whole))
}

function quote(argument: string): string {
  return /^[\w@%+=:,./*-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
