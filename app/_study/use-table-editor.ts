'use client'

import { useQueryClient } from '@tanstack/react-query'
import { parseAsString, useQueryState } from 'nuqs'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { differingSettings, readTableSettings } from '../../core/ablation/read-table-settings.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { useTRPC, useTRPCClient } from '../_trpc/trpc.ts'
import { errorText } from '../_ui/error-text.ts'
import { refreshStudies } from './refresh-studies.ts'
import { NO_HISTORY, redone, remembered, type SettingsHistory, undone } from './settings-history.ts'
import { settingsText } from './study-settings.ts'
import type { StudyData } from './use-study.ts'

const SAVE_AFTER_MS = 600

/** Where edits go: with the study, or only into the address of the page. */
export type EditTarget = 'study' | 'address'
export type SaveState = { kind: 'saved' } | { kind: 'saving' } | { kind: 'failed'; message: string }

/** The settings of the address with the edits that are not saved yet, and how to add to them. */
export interface TableDraft {
  /** Over the saved settings. */
  overrides: Partial<TableSettings>
  /** Names of settings in the address that mean nothing. */
  ignored: string[]
  edits: Partial<TableSettings>
  setEdits: (change: (edits: Partial<TableSettings>) => Partial<TableSettings>) => void
  setAddress: (overrides: Partial<TableSettings>) => void
  fromAddress: Partial<TableSettings>
}

export function useTableDraft(): TableDraft {
  const [text, setText] = useQueryState('settings', parseAsString)
  const [edits, setEdits] = useState<Partial<TableSettings>>({})
  const { settings: fromAddress, ignored } = useMemo(() => readTableSettings(text), [text])
  const setAddress = useCallback((overrides: Partial<TableSettings>) => void setText(settingsText(overrides)), [setText])
  const overrides = useMemo(() => ({ ...fromAddress, ...edits }), [fromAddress, edits])
  return { overrides, ignored, edits, setEdits, setAddress, fromAddress }
}

export interface TableEditor {
  /** What holds now: saved, address and edits together. */
  settings: TableSettings
  change(change: Partial<TableSettings>): void
  target: EditTarget
  setTarget(target: EditTarget): void
  save: SaveState
  retrySave(): void
  /** Names of settings that the address overrides. */
  overridden: (keyof TableSettings)[]
  ignored: string[]
  /** Saves what the address says with the study. */
  keepAddress(): void
  dropAddress(): void
  undo: (() => void) | null
  redo: (() => void) | null
}

/** Edits of a study's table settings: applied at once, saved a moment later, undone step by step. */
export function useTableEditor(draft: TableDraft, studyId: string, saved: TableSettings, readOnly: boolean): TableEditor {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const { edits, setEdits, setAddress, fromAddress } = draft
  const settings = useMemo(() => ({ ...saved, ...fromAddress, ...edits }), [saved, fromAddress, edits])
  const overridden = useMemo(() => Object.keys(differingSettings(saved, fromAddress)) as (keyof TableSettings)[], [saved, fromAddress])
  const [chosen, setChosen] = useState<EditTarget | null>(null)
  const target: EditTarget = readOnly || overridden.length > 0 ? 'address' : (chosen ?? 'study')
  const [history, setHistory] = useState<SettingsHistory>(NO_HISTORY)
  const [save, setSave] = useState<SaveState>({ kind: 'saved' })

  const latest = useRef({ saved, edits, settings, target, history })
  useEffect(() => {
    latest.current = { saved, edits, settings, target, history }
  })

  const write = useCallback(async () => {
    const sent = latest.current.edits
    if (Object.keys(sent).length === 0) return
    setSave({ kind: 'saving' })
    try {
      const { settings } = await client.studies.saveSettings.mutate({ id: studyId, settings: { ...latest.current.saved, ...sent } })
      // What the page has at hand learns of it before the edits are dropped: nothing old may show in between.
      queryClient.setQueriesData<StudyData>(trpc.studies.get.queryFilter() as never, (data) =>
        data?.study.id === studyId ? { ...data, study: { ...data.study, settings } } : data,
      )
      setSave({ kind: 'saved' })
      refreshStudies(queryClient, trpc.studies.get.queryFilter())
    } catch (error) {
      setSave({ kind: 'failed', message: errorText(error) })
    }
  }, [client, studyId, queryClient, trpc])

  // What the store has by now is an edit no more.
  useEffect(() => {
    setEdits((now) => {
      const left = differingSettings(saved, now)
      return Object.keys(left).length === Object.keys(now).length ? now : left
    })
  }, [saved, setEdits])
  const pending = settingsText(edits)
  useEffect(() => {
    if (pending === null) return
    const timer = setTimeout(() => void write(), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [pending, write])
  // Leaving the page must not lose the last half second.
  useEffect(
    () => () => {
      void write()
    },
    [write],
  )

  const apply = useCallback(
    (change: Partial<TableSettings>) => {
      const { saved, settings, target } = latest.current
      if (target === 'study') {
        setEdits((now) => ({ ...now, ...change }))
        // It said what was saved anyway; once something else is saved it would override that.
        setAddress({})
      } else setAddress(differingSettings(saved, { ...settings, ...change }))
    },
    [setEdits, setAddress],
  )
  const change = useCallback(
    (wanted: Partial<TableSettings>) => {
      const real = differingSettings(latest.current.settings, wanted)
      if (Object.keys(real).length === 0) return
      setHistory((now) => remembered(now, latest.current.settings, real))
      apply(real)
    },
    [apply],
  )
  const travel = (step: typeof undone) => {
    const found = step(history, settings)
    if (!found) return null
    return () => {
      setHistory(found.history)
      apply(found.change)
    }
  }
  return {
    settings,
    change,
    target,
    setTarget: setChosen,
    save: pending !== null && save.kind === 'saved' ? { kind: 'saving' } : save,
    retrySave: () => void write(),
    overridden,
    ignored: draft.ignored,
    keepAddress: () => {
      setEdits((now) => ({ ...now, ...fromAddress }))
      setAddress({})
      setChosen('study')
    },
    dropAddress: () => {
      setAddress({})
      setChosen(readOnly ? 'address' : 'study')
    },
    undo: travel(undone),
    redo: travel(redone),
  }
}
