import { createHash } from 'node:crypto'
import type { ResolvedLabConfig } from './lab-config.ts'

export const SEED_NAMES = ['init', 'order', 'dropout', 'augmentation', 'split'] as const
export type Seeds = Record<(typeof SEED_NAMES)[number], number>

/** The seed of each source of chance: as given, else made of `seed` and its name, so that no two share a sequence. */
export function deriveSeeds({ seed, seeds }: Pick<ResolvedLabConfig, 'seed' | 'seeds'>): Seeds {
  return Object.fromEntries(SEED_NAMES.map((name) => [name, seeds[name] ?? derivedSeed(seed, name)])) as Seeds
}

/** 32 bits of SHA-256 over `<seed>/<name>`. */
export function derivedSeed(seed: number, name: string): number {
  return createHash('sha256').update(`${seed}/${name}`).digest().readUInt32BE(0)
}
