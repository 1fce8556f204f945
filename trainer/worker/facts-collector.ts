import type { RunEnvironment } from '../../core/run.ts'
import type { RunPlan } from '../worker-messages.ts'
import { gitState } from './git-state.ts'
import { packageVersions } from './host-facts.ts'
import type { Pending } from './pending.ts'
import { type Sample, SystemSampler, systemRule } from './system-metrics.ts'

const SAMPLE_MS = 10_000
/** CPU shares need a stretch of time to be measured over. */
const FIRST_SAMPLE_MS = 500
/** A run that ends at once still waits this long for git. */
const GIT_WAIT_MS = 2_000

/** What is learned beside the training: git, package versions, and the system metrics every 10 s. */
export class FactsCollector {
  readonly #sampler: SystemSampler | null
  readonly #stop = new AbortController()
  #git: Promise<void> | null = null
  readonly #known = new Set<string>()
  #sampleAt: number
  #sampled = false

  constructor(
    readonly plan: RunPlan,
    readonly pending: Pending,
    readonly environment: RunEnvironment,
    /** When the run first started; a server may say so later. */
    readonly run: { startedAt: number },
  ) {
    this.#sampler = plan.systemMetrics ? new SystemSampler() : null
    this.#sampleAt = Date.now() + FIRST_SAMPLE_MS
  }

  /** Begun after `init` has its answer: reading a few hundred small files must not hold it up. */
  #begin(): void {
    if (this.#git) return
    this.#git = this.plan.saveGit ? this.#learnGit() : Promise.resolve()
    const packages = packageVersions(this.plan.programFolder)
    if (Object.keys(packages).length > 0) this.#learn({ packages })
  }

  tick(now: number): void {
    this.#begin()
    if (!this.#sampler || now < this.#sampleAt) return
    this.#sampleAt = now + SAMPLE_MS
    this.#sampled = true
    this.#add(this.#sampler.sample(), now)
    // Answered later: the point belongs to the moment it was asked for.
    void this.#sampler.sampleGpus(this.#stop.signal).then((sample) => this.#add(sample, now))
  }

  /** A last sample for short runs, and git when it is nearly there. */
  async stop(): Promise<void> {
    this.#begin()
    if (this.#sampler && !this.#sampled) this.#add(this.#sampler.sample(), Date.now())
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GIT_WAIT_MS)
    })
    await Promise.race([this.#git, late])
    clearTimeout(timer)
    this.#stop.abort()
  }

  /** Steps of system metrics are whole seconds since the run first started. */
  #add(sample: Sample, now: number): void {
    const step = Math.max(0, Math.round((now - this.run.startedAt) / 1000))
    for (const [name, value] of sample) {
      if (!this.#known.has(name)) this.pending.addRules([systemRule(name)])
      this.#known.add(name)
      this.pending.addPoint(this.pending.idOf(name), step, now, value)
    }
  }

  async #learnGit(): Promise<void> {
    const git = await gitState(process.cwd(), this.#stop.signal)
    if (git) this.#learn({ git })
  }

  #learn(facts: RunEnvironment): void {
    Object.assign(this.environment, facts)
    this.pending.addPatch({ environment: { ...this.environment } })
  }
}
