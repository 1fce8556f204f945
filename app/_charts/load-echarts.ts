import type { initChart } from './echarts-core.ts'

type Init = typeof initChart

const RETRY_MS = 1_000
/** Failures of a server that answers until the code is given up. */
const REFUSALS = 3

let loading: Promise<Init> | null = null

/** ECharts is large: it is fetched when the first chart comes near, once. While the server is away, it is waited for. */
export function loadEcharts(): Promise<Init> {
  loading ??= load().catch((error) => {
    loading = null
    throw error
  })
  return loading
}

async function load(): Promise<Init> {
  for (let refusals = 0; ; ) {
    try {
      return (await import('./echarts-core.ts')).initChart
    } catch (cause) {
      // A server that answers without the file has been updated: only a reload brings the pages that fit it.
      if (await serverAnswers()) refusals++
      if (refusals === REFUSALS) throw new Error('The drawing code of this page is no longer served. Reload the page.', { cause })
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/api/health', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}
