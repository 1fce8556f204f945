import { readFileSync } from 'node:fs'

type Averages = { precision: number; recall: number; f1: number }

/** What scikit-learn computes; the file tells its version and the script that made it. */
export interface SklearnValues {
  classification: ({
    name: string
    classes: number
    labels: number[]
    predictions: number[]
    matrix: number[][]
    accuracy: number
    perClass: { [key in 'precision' | 'recall' | 'f1' | 'support']: (number | null)[] }
  } & { [key in 'macro' | 'micro' | 'weighted']: Averages })[]
  curves: {
    name: string
    positives: number[]
    scores: number[]
    precision: number[]
    recall: number[]
    threshold: number[]
    averagePrecision: number
  }[]
  topK: { name: string; classes: number; labels: number[]; scores: number[]; hits: Record<string, number> }[]
}

export const sklearn = JSON.parse(readFileSync(new URL('./sklearn-values.json', import.meta.url), 'utf8')) as SklearnValues
