import { fileURLToPath } from 'node:url'

/** Programs started in a process of their own: TensorFlow.js is never loaded in the process that serves the dashboard. */
const SOURCES = { train: './demo/train.ts', 'train-study': './demo/ablation/train-study.ts', 'device-child': './doctor/device-child.ts' } as const

/** File to give to `fork`: the source in a checkout, its bundle in dist/. */
export function childProgram(name: keyof typeof SOURCES): string {
  const fromSource = import.meta.url.endsWith('.ts')
  return fileURLToPath(new URL(fromSource ? SOURCES[name] : `./${name}.js`, import.meta.url))
}
