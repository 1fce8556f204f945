import { isLossboardError } from '../../core/errors.ts'
import type { ServerAnswer } from '../../core/ingest/protocol.ts'
import { formatDuration } from '../format-value.ts'
import type { Check, Finding } from './check.ts'

const WHAT = 'server'
/** What is further apart is worth a look; see docs/http.md for what the server does about it. */
const CLOCK_OFF_MS = 60_000

/** The server that runs started from here log to: is it there, does the token work? */
export const server: Check = async () => {
  const named = process.env.LOSSBOARD_URL
  if (!named) return []
  const [{ serverAddress }, { ServerClient }] = await Promise.all([
    import('../../trainer/journal/server-address.ts'),
    import('../../trainer/journal/server-client.ts'),
  ])
  let url: string
  try {
    url = serverAddress(named, 'LOSSBOARD_URL')
  } catch (error) {
    if (!isLossboardError(error)) throw error
    return [
      {
        what: WHAT,
        status: 'problem',
        detail: error.message,
        mend: 'set LOSSBOARD_URL to the address that `lossboard serve` prints, without ?token=…',
      },
    ]
  }
  const client = new ServerClient(url, process.env.LOSSBOARD_TOKEN || null)
  const asked = Date.now()
  const reply = await client.hello()
  client.close()
  if (reply.kind === 'ok') return judge(url, reply.body, (asked + Date.now()) / 2)
  if (reply.kind === 'later')
    return [
      {
        what: WHAT,
        status: 'problem',
        detail: `${url}: ${reply.why}`,
        mend: 'start it with `lossboard serve`, or mend LOSSBOARD_URL; meanwhile runs log to a journal',
      },
    ]
  return [
    {
      what: WHAT,
      status: 'problem',
      detail: `${url} refuses (${reply.status}): ${reply.message}`,
      mend: 'set LOSSBOARD_TOKEN to a token of `lossboard token create --scope write` there',
    },
  ]
}

function judge(url: string, { version, token, now }: ServerAnswer, here: number): Finding[] {
  const findings: Finding[] = []
  if (token && token.scope === 'read')
    findings.push({
      what: WHAT,
      status: 'problem',
      detail: `${url} knows the token "${token.name}", which may only read`,
      mend: 'set LOSSBOARD_TOKEN to one of `lossboard token create --scope write`',
    })
  else {
    const only = token?.project ? `, only project ${token.project}` : ''
    const as = token ? `, token "${token.name}" (${token.scope}${only})` : ''
    findings.push({ what: WHAT, status: 'ok', detail: `${url} answers: Lossboard ${version}${as}` })
  }
  const off = now - here
  if (Math.abs(off) > CLOCK_OFF_MS)
    findings.push({
      what: WHAT,
      status: 'warning',
      detail: `its clock is ${formatDuration(Math.abs(off))} ${off > 0 ? 'ahead of' : 'behind'} the one here`,
      mend: 'set the clocks: times of runs of several machines are compared',
    })
  return findings
}
