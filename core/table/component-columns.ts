import { isOff } from '../ablation/component-state.ts'
import type { StudyResult } from '../ablation/study-result.ts'
import type { Json } from '../run.ts'
import type { Cell, Column } from './table-document.ts'

type Setting = Json | undefined

/** One column per factor: a check mark where a part is in, or its value where it is no switch. */
export interface ComponentColumn {
  column: Column
  cell(variant: string): Cell
}

export function componentColumns({ variants }: StudyResult): ComponentColumn[] {
  const paths = [...new Set(variants.flatMap(({ changes }) => changes.map(({ path }) => path)))]
  const changes = variants.flatMap((variant) => variant.changes.map((change) => ({ variant: variant.key, ...change })))
  return paths.map((path) => {
    const ofPath = changes.filter((change) => change.path === path)
    const usual: Setting = ofPath[0]?.from
    const values = new Map(ofPath.map(({ variant, to }): [string, Setting] => [variant, to]))
    const settingOf = (variant: string) => (values.has(variant) ? values.get(variant) : usual)
    const isSwitch = isOnOff(path, [usual, ...values.values()])
    return {
      column: { id: `component:${path}`, header: [{ text: componentLabel(path, paths) }], align: 'center' },
      cell: (variant) =>
        isSwitch ? { kind: 'check', on: !isOff(path, settingOf(variant)) } : { kind: 'text', content: [{ text: settingText(settingOf(variant)) }] },
    }
  })
}

/** Off in some rows, and one and the same setting in all others. */
function isOnOff(path: string, values: Setting[]): boolean {
  const on = new Set(values.filter((value) => !isOff(path, value)).map((value) => JSON.stringify(value)))
  return on.size <= 1 && values.some((value) => isOff(path, value))
}

/** The last word of the path that no other factor shares. */
function componentLabel(path: string, paths: string[]): string {
  const parts = path.split('.')
  for (let from = parts.length - 1; from > 0; from--) {
    const label = parts.slice(from).join('.')
    if (paths.every((other) => other === path || !`.${other}`.endsWith(`.${label}`))) return label
  }
  return path
}

function settingText(value: Setting): string {
  return value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
}
