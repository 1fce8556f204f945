import { describe, expect, it } from 'vitest'
import { parseGpus, SystemSampler, systemRule } from '../../trainer/worker/system-metrics.ts'

describe('system metrics', () => {
  it('read what nvidia-smi prints; columns a card does not have are left out', () => {
    expect(parseGpus('0, 87, 10240, 251.30, 64\n1, 0, 3, [N/A], 31\n')).toEqual([
      ['system/gpu', 87],
      ['system/gpu-memory', 10240],
      ['system/gpu-power', 251.3],
      ['system/gpu-temperature', 64],
      ['system/gpu-1', 0],
      ['system/gpu-memory-1', 3],
      ['system/gpu-temperature-1', 31],
    ])
    expect(parseGpus('')).toEqual([])
  })

  it('have units, also those of the second card', () => {
    expect(systemRule('system/gpu-memory-1')).toEqual({ pattern: 'system/gpu-memory-1', unit: 'MiB' })
    expect(systemRule('system/gpu-12')).toEqual({ pattern: 'system/gpu-12', unit: '%' })
    expect(systemRule('system/cpu').unit).toBe('% of one core')
  })

  it('cover the time since the last look: a busy loop shows as busy', () => {
    const sampler = new SystemSampler()
    sampler.sample()
    const begin = process.cpuUsage()
    const wall = performance.now()
    while (process.cpuUsage(begin).user < 100_000);
    const share = Object.fromEntries(sampler.sample())['system/cpu'] ?? 0
    expect(share).toBeGreaterThan((100 / (performance.now() - wall)) * 100 * 0.9)
    expect(share).toBeLessThan(100 * 64)
  })
})
