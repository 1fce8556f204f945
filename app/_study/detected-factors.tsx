'use client'

import { useQueryClient } from '@tanstack/react-query'
import { IGNORED_KEYS } from '../../core/ablation/ignored-keys.ts'
import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import { useTRPC, useTRPCClient } from '../_trpc/trpc.ts'
import { errorText } from '../_ui/error-text.ts'
import { useToast } from '../_ui/toast.tsx'
import { IgnoredKeys } from './ignored-keys.tsx'
import { refreshStudies } from './refresh-studies.ts'
import { VariantChanges } from './variant-changes.tsx'

/** What makes the variants: their changes, and the settings that were left out of the comparison. */
export function DetectedFactors({ study, result, readOnly }: { study: Study; result: StudyResult; readOnly: boolean }) {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const toast = useToast()
  const ignore = async (keys: string[]) => {
    try {
      await client.studies.change.mutate({ id: study.id, ignore: keys })
      refreshStudies(queryClient, trpc.studies.get.queryFilter())
    } catch (error) {
      toast(`Not changed: ${errorText(error)}`, 'danger')
    }
  }
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">What the variants change</h2>
      <div className="relative overflow-x-auto rounded border border-border">
        <table className="w-full text-sm">
          <tbody>
            {result.variants.map((variant) => (
              <tr key={variant.key} className="border-t border-border first:border-t-0">
                <th scope="row" className="px-2 sm:w-56 py-1 text-left align-top font-normal">
                  {variant.label}
                  {variant.isBaseline ? <span className="text-faint"> (baseline)</span> : null}
                </th>
                <td className="px-2 py-1">
                  <VariantChanges changes={variant.changes} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {study.origin === 'found' ? (
        <IgnoredKeys
          ignored={study.ignored}
          patterns={study.ignorePatterns ?? IGNORED_KEYS}
          onChange={readOnly ? null : (keys) => void ignore(keys)}
        />
      ) : null}
    </section>
  )
}
