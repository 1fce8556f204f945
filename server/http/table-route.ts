import type { ServerResponse } from 'node:http'
import { LossboardError } from '../../core/errors.ts'
import { formatOptions } from '../../core/table/format-options.ts'
import type { Store } from '../../db/store.ts'
import { partialTableSettings } from '../input/table-settings.ts'
import { studyAnswer } from '../studies/study-answer.ts'
import { studyTable } from '../studies/study-table.ts'
import { validationMessage } from '../validation-message.ts'
import { sendApiError } from './respond.ts'
import { DATA_POLICY } from './security-headers.ts'

/**
 * `GET /api/table?study=ID-OR-NAME&format=latex[&project=…][&venue=neurips][&siunitx=1][&unicode=1][&settings={…}]`: the table of a study,
 * with its saved settings, any of which `settings` (JSON) overrides. The same data gives the same bytes.
 */
export async function tableRoute(response: ServerResponse, store: Store, query: URLSearchParams): Promise<void> {
  const reference = query.get('study')
  if (!reference) return sendApiError(response, 400, 'say which study: /api/table?study=NAME&format=latex')
  const options = formatOptions({
    venue: query.get('venue') ?? 'plain',
    siunitx: query.get('siunitx') === '1',
    unicode: query.get('unicode') === '1',
  })
  const answer = await studyAnswer(store, reference, { project: query.get('project') ?? undefined, overrides: overridesOf(query.get('settings')) })
  const { text, format, fileName } = studyTable(answer, query.get('format') ?? 'latex', options)
  response.setHeader('Content-Type', format.contentType)
  response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`)
  response.setHeader('Content-Security-Policy', DATA_POLICY)
  response.setHeader('Cache-Control', 'no-store')
  response.end(response.req.method === 'HEAD' ? undefined : text)
}

function overridesOf(json: string | null) {
  if (json === null) return {}
  const checked = partialTableSettings.safeParse(parsed(json))
  if (!checked.success) throw new LossboardError('invalid_argument', `settings: ${validationMessage(checked.error)}`)
  // Keys that are not there must not override with undefined.
  return Object.fromEntries(Object.entries(checked.data).filter(([, value]) => value !== undefined))
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new LossboardError('invalid_argument', 'settings is not JSON: write settings={"spread":"se"}, percent-encoded')
  }
}
