'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ROLE_CHOICES } from '../../core/findings/check-role.ts'
import { metricFilter } from '../../core/metric-filter.ts'
import { Select } from '../_charts/select.tsx'
import type { RunData } from '../_run/run-data.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { errorText } from '../_ui/error-text.ts'
import { Input } from '../_ui/input.tsx'
import { guessLayer, roleOfLayer } from './layer-role.ts'
import type { RunAnswer } from './shown-finding.ts'

interface RolesDialogProps {
  open: boolean
  onClose: () => void
  data: RunData
  answer: RunAnswer
  readOnly: boolean
}

/** A run can have thousands of metrics; the search finds the rest. */
const SHOWN_MAX = 200
const RECOGNISED = ''
const choices = (layered: boolean) =>
  ROLE_CHOICES.filter(({ ofLayer }) => ofLayer === layered).map(({ role, what }) => ({ value: layered ? `${role}:` : role, label: what }))
const ROLE_GROUPS = [
  { label: 'is the', options: choices(false) },
  { label: 'is, of a layer, the', options: choices(true) },
]

/** Says what metrics stand for, for all runs of the project: names that are not recognised, or taken for the wrong thing. */
export function RolesDialog({ open, onClose, data, answer, readOnly }: RolesDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Which metric is which?" width="w-[640px]">
      {open ? <RolesForm data={data} answer={answer} readOnly={readOnly} onClose={onClose} /> : null}
    </Dialog>
  )
}

function RolesForm({ data, answer, readOnly, onClose }: Omit<RolesDialogProps, 'open'>) {
  const { project } = data.run
  const [said, setSaid] = useState<Record<string, string>>({ ...answer.said })
  const [search, setSearch] = useState('')
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const id = useId()
  const mutation = useMutation(
    trpc.diagnosis.setRoles.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.diagnosis.pathFilter())
        onClose()
      },
    }),
  )
  const recognised = answer.report?.roles ?? {}
  const filter = metricFilter(search)
  const names = [...new Set([...Object.keys(answer.said), ...data.series.map(({ name }) => name).filter((name) => !name.startsWith('system/'))])]
  const found = names.filter(filter.matches)
  const groups = (name: string) => {
    const taken = recognised[name]
    const own = Object.hasOwn(answer.said, name) ? 'what its name says' : (taken ?? 'not recognised')
    return [
      {
        options: [
          { value: RECOGNISED, label: own },
          { value: 'ignore', label: 'ignore it' },
        ],
      },
      ...ROLE_GROUPS,
    ]
  }
  const change = (name: string, role: string) =>
    setSaid((before) => {
      const { [name]: _, ...others } = before
      return role === RECOGNISED ? others : { ...others, [name]: role }
    })
  const choose = (name: string, choice: string) => change(name, choice.endsWith(':') ? `${choice}${guessLayer(name)}` : choice)
  const incomplete = Object.values(said).some((role) => role.endsWith(':'))
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="text-muted">
        The diagnosis reads metrics by what they stand for. What you say here holds for every run of {project}, which are then looked at again.
      </p>
      <Input
        id={id}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        placeholder="Find a metric"
        aria-label="Find a metric"
        data-autofocus
      />
      <ul className="max-h-[50dvh] overflow-y-auto rounded border border-border" data-testid="roles">
        {found.slice(0, SHOWN_MAX).map((name) => {
          const layered = roleOfLayer(said[name] ?? RECOGNISED)
          return (
            <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-border px-2 py-1 last:border-b-0">
              <span className="min-w-0 flex-1 basis-48 font-mono text-xs [overflow-wrap:anywhere]">{name}</span>
              <Select
                label={`What ${name} is`}
                value={layered?.choice ?? said[name] ?? RECOGNISED}
                onChange={(choice) => choose(name, choice)}
                groups={groups(name)}
                testId={`role-${name}`}
              />
              {layered ? (
                <Input
                  value={layered.layer}
                  onChange={(event) => change(name, `${layered.choice}${event.target.value.trimStart()}`)}
                  placeholder="Name of the layer"
                  aria-label={`Layer that ${name} is of`}
                  aria-invalid={layered.layer === ''}
                  className="basis-40"
                  data-testid={`layer-${name}`}
                />
              ) : null}
            </li>
          )
        })}
        {found.length === 0 ? <li className="px-2 py-3 text-center text-muted">No metric is called that.</li> : null}
      </ul>
      {found.length > SHOWN_MAX ? (
        <p className="text-xs text-faint">
          The first {SHOWN_MAX} of {found.length}: search for the others.
        </p>
      ) : null}
      {mutation.error ? (
        <p role="alert" className="text-danger">
          {errorText(mutation.error)}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={readOnly || mutation.isPending || incomplete}
          title={readOnly ? 'The store is open read-only' : incomplete ? 'A layer has no name yet' : undefined}
          onClick={() => mutation.mutate({ project, roles: said })}
          data-testid="save-roles"
        >
          Save
        </Button>
      </div>
    </div>
  )
}
