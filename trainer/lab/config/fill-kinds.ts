import { isPlainObject } from '../../../core/plain-json.ts'
import { DEFAULT_KINDS } from './default-kinds.ts'

/** `optimizer: { lr: 0.01 }` means the default optimizer: parts given without a kind get their default one. */
export function fillKinds(config: unknown): unknown {
  if (!isPlainObject(config)) return config
  const filled: Record<string, unknown> = { ...config }
  for (const [part, kind] of Object.entries(DEFAULT_KINDS)) {
    const given = filled[part]
    if (isPlainObject(given) && !('kind' in given)) filled[part] = { kind, ...given }
  }
  return filled
}
