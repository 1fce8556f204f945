import { execFile } from 'node:child_process'
import { cpus, freemem, totalmem } from 'node:os'
import type { MetricRule } from '../../core/run.ts'

const MIB = 1024 * 1024

const UNITS: Record<string, string> = {
  cpu: '% of one core',
  'cpu-host': '% of all cores',
  memory: 'MiB',
  'memory-host': 'MiB',
  gpu: '%',
  'gpu-memory': 'MiB',
  'gpu-power': 'W',
  'gpu-temperature': '°C',
}

/** The unit of a sampled metric, stored with the run when the metric first appears. */
export function systemRule(name: string): MetricRule {
  const unit = UNITS[name.replace(/^system\//, '').replace(/-\d+$/, '')]
  return { pattern: name, ...(unit !== undefined && { unit }) }
}

export type Sample = [name: string, value: number][]

const QUERY = ['--query-gpu=index,utilization.gpu,memory.used,power.draw,temperature.gpu', '--format=csv,noheader,nounits']

/** Measures this process and this machine. CPU figures cover the time since the last call. */
export class SystemSampler {
  #wall = performance.now()
  #process = process.cpuUsage()
  #host = hostTimes()
  #hasGpu = true

  /** CPU and memory; synchronous, about 0.1 ms. */
  sample(): Sample {
    const wall = performance.now()
    const used = process.cpuUsage()
    const host = hostTimes()
    const elapsed = wall - this.#wall
    const busy = host.busy - this.#host.busy
    const total = host.total - this.#host.total
    const values: Sample = [
      ['system/memory', process.memoryUsage.rss() / MIB],
      ['system/memory-host', (totalmem() - freemem()) / MIB],
    ]
    if (elapsed > 0) values.push(['system/cpu', ((used.user + used.system - this.#process.user - this.#process.system) / 1000 / elapsed) * 100])
    if (total > 0) values.push(['system/cpu-host', (busy / total) * 100])
    this.#wall = wall
    this.#process = used
    this.#host = host
    return values
  }

  /** GPUs through nvidia-smi; empty without one. */
  sampleGpus(signal: AbortSignal): Promise<Sample> {
    if (!this.#hasGpu) return Promise.resolve([])
    return new Promise((resolve) => {
      execFile('nvidia-smi', QUERY, { timeout: 5_000, signal, windowsHide: true }, (error, stdout) => {
        if (error && 'code' in error && error.code === 'ENOENT') this.#hasGpu = false
        resolve(error ? [] : parseGpus(stdout))
      })
    })
  }
}

/** `0, 87, 10240, 251.3, 64` per line → one value per column; `[N/A]` columns are left out. The first GPU has no number in its names. */
export function parseGpus(csv: string): Sample {
  return csv
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [index = '', ...values] = line.split(',').map((cell) => cell.trim())
      const suffix = index === '0' ? '' : `-${index}`
      return ['gpu', 'gpu-memory', 'gpu-power', 'gpu-temperature'].flatMap((name, column): Sample => {
        const value = Number.parseFloat(values[column] ?? '')
        return Number.isFinite(value) ? [[`system/${name}${suffix}`, value]] : []
      })
    })
}

function hostTimes(): { busy: number; total: number } {
  let busy = 0
  let total = 0
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq
    total += all
    busy += all - times.idle
  }
  return { busy, total }
}
