'use client'

import { useCallback, useEffect, useReducer, useRef } from 'react'
import { useChanges } from '../_trpc/live.tsx'
import { useTRPCClient } from '../_trpc/trpc.ts'
import { errorText } from '../_ui/error-text.ts'
import { appendPieces, type ConsolePiece, type ConsoleText, EMPTY_CONSOLE } from './console-lines.ts'

/** Pieces of the first answer: the newest ones. */
const FIRST = 1_000
const PAGE = 5_000

interface State {
  text: ConsoleText
  loading: boolean
  error: string | null
  /** Output older than the first line shown is left in the store until asked for. */
  hasEarlier: boolean
}

type Action =
  | { type: 'start' }
  | { type: 'reset' }
  | { type: 'pieces'; pieces: ConsolePiece[]; hasEarlier?: boolean }
  | { type: 'done'; error: string | null }

function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'start':
      return { ...state, loading: true, error: null }
    case 'reset':
      return { ...state, text: EMPTY_CONSOLE, hasEarlier: false }
    case 'pieces':
      return { ...state, text: appendPieces(state.text, action.pieces), hasEarlier: action.hasEarlier ?? state.hasEarlier }
    case 'done':
      return { ...state, loading: false, error: action.error }
  }
}

/** Console output of a run: the newest part at once, then what is added, read after the last piece known. */
export function useConsole(runId: string) {
  const client = useTRPCClient()
  const [state, dispatch] = useReducer(reduce, { text: EMPTY_CONSOLE, loading: true, error: null, hasEarlier: false })
  const lastId = useRef<number | null>(null)
  const queue = useRef<Promise<void>>(Promise.resolve())
  const waiting = useRef(false)

  const read = useCallback(
    async (from: number | null) => {
      let afterId = from ?? undefined
      for (;;) {
        const limit = afterId === undefined ? FIRST : PAGE
        const { pieces } = await client.runs.console.query({ id: runId, afterId, limit })
        dispatch({ type: 'pieces', pieces, hasEarlier: afterId === undefined ? pieces.length === FIRST : undefined })
        lastId.current = pieces.at(-1)?.id ?? lastId.current ?? 0
        if (afterId === undefined || pieces.length < PAGE) return
        afterId = lastId.current
      }
    },
    [client, runId],
  )

  /** One read after another; changes while one waits are covered by it. */
  const enqueue = useCallback((work: () => Promise<void>) => {
    if (waiting.current) return
    waiting.current = true
    queue.current = queue.current.then(async () => {
      waiting.current = false
      dispatch({ type: 'start' })
      await work().then(
        () => dispatch({ type: 'done', error: null }),
        (error) => dispatch({ type: 'done', error: errorText(error) }),
      )
    })
  }, [])

  useEffect(() => {
    lastId.current = null
    dispatch({ type: 'reset' })
    enqueue(() => read(null))
  }, [enqueue, read])

  useChanges((changes) => {
    if (changes.reset || changes.runs.length === 0 || changes.runs.some((run) => run.id === runId)) enqueue(() => read(lastId.current))
  })

  const loadAll = () =>
    enqueue(async () => {
      dispatch({ type: 'reset' })
      lastId.current = 0
      await read(0)
    })
  const retry = () => enqueue(() => read(lastId.current))
  return { ...state, loadAll, retry }
}
