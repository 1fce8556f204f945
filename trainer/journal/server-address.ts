import { LossboardError } from '../../core/errors.ts'
import { API_PATH } from '../../core/ingest/protocol.ts'

/**
 * The address of a server as it is used: no slash at the end, no `/api/v1`.
 * @param name what is blamed: an option, an environment variable
 * @throws LossboardError `invalid_option` when it is no address, or holds a secret
 */
export function serverAddress(text: string, name: string): string {
  const wrong = (problem: string) => new LossboardError('invalid_option', `${name} ${problem}`)
  if (!/^https?:\/\//i.test(text)) {
    const meant = /^[\w.-]+(:\d+)?(\/|$)/.test(text) ? `: did you mean http://${text}?` : ', for example http://127.0.0.1:6006'
    throw wrong(`must be the address of a server, got "${text.slice(0, 80)}"${meant}`)
  }
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw wrong(`is no address: "${text.slice(0, 80)}"`)
  }
  // Addresses are printed and kept in the journal; secrets must not be.
  if (url.username !== '' || url.password !== '') throw wrong('must not hold a user or password: give the token as token, or set LOSSBOARD_TOKEN')
  if (url.search !== '' || url.hash !== '')
    throw wrong(
      `must end before the "${url.search !== '' ? '?' : '#'}"${url.searchParams.has('token') ? ': give the token as token, or set LOSSBOARD_TOKEN' : ''}`,
    )
  return `${url.origin}${url.pathname}`.replace(new RegExp(`(${API_PATH})?/*$`), '')
}
