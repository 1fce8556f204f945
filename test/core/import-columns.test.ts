import { describe, expect, it } from 'vitest'
import { describeColumns } from '../../core/import/column-roles.ts'
import { guessColumns } from '../../core/import/guess-columns.ts'
import { numberCell } from '../../core/import/number-cell.ts'
import { dateCell, timeCell, timeUnit } from '../../core/import/time-cell.ts'

describe('a cell', () => {
  it.each([
    ['1', 1],
    [' -1.5e-3 ', -0.0015],
    ['.5', 0.5],
    ['-0', -0],
    ['1e400', Number.POSITIVE_INFINITY],
    ['nan', Number.NaN],
    ['-NaN', Number.NaN],
    ['1.#QNAN', Number.NaN],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['True', 1],
    ['false', 0],
    ['', 'missing'],
    ['N/A', 'missing'],
    ['null', 'missing'],
    ['0x10', 'text'],
    ['1,5', 'text'],
    ['5 %', 'text'],
    ['1_000', 'text'],
  ] as const)('%j is %s', (cell, expected) => expect(numberCell(cell)).toBe(expected))

  it('has a decimal comma only where the file has', () => expect(numberCell('1,5', true)).toBe(1.5))

  it('is a time by its size, or a date with or without a zone', () => {
    expect([1.7e9, 1.7e12, 1.7e15, 1.7e18, 12].map(timeUnit)).toEqual(['s', 'ms', 'us', 'ns', null])
    expect(timeCell('1700000000.25', 's')).toBe(1_700_000_000_250)
    expect(dateCell('2026-01-31 12:00:00')).toBe(Date.UTC(2026, 0, 31, 12))
    expect(dateCell('2026-01-31T12:00:00.5+02:00')).toBe(Date.UTC(2026, 0, 31, 10) + 500)
    expect([dateCell('31.1.2026'), dateCell('2026-13-01 12:00')]).toEqual([null, null])
  })
})

describe('columns', () => {
  const reading = (names: string[], ...rows: string[][]) => describeColumns(guessColumns(names, rows)).slice(0, 6)

  it('of PyTorch Lightning: steps, with epochs as a metric', () =>
    expect(reading(['epoch', 'step', 'train_loss', 'val_loss'], ['0', '49', '0.5', ''], ['0', '49', '', '0.6'])).toEqual([
      'step: "step"',
      'time: no column; the time of the file stands for it',
      'run: no column; the file is one run',
      'metrics: "epoch", "train_loss", "val_loss"',
    ]))

  it('of pandas: a column that numbers the rows is none; fractions of epochs are no steps', () =>
    expect(reading(['', 'epoch', 'loss', 'seed', 'optimizer'], ['0', '0.5', '1', '7', 'adam'], ['1', '1.0', '2', '7', 'adam'])).toEqual([
      'step: no column; the rows of each run are counted from 0',
      'time: no column; the time of the file stands for it',
      'run: no column; the file is one run',
      'metrics: "epoch", "loss"',
      'config: "seed", "optimizer"',
      'left out: "" (it numbers the rows)',
    ]))

  it('of TensorBoard’s download: wall time, step and value, which is a metric where nothing names it', () =>
    expect(reading(['Wall time', 'Step', 'Value'], ['1700000000.5', '0', '1'])).toEqual([
      'step: "Step"',
      'time: "Wall time" (s since 1970)',
      'run: no column; the file is one run',
      'metrics: "Value"',
    ]))

  it('of a table of runs: what stays the same in each run is its config', () =>
    expect(reading(['run', 'step', 'batch_size', 'config/depth', 'loss'], ['a', '0', '32', '2', '1'], ['b', '0', '64', '4', '1'])).toEqual([
      'step: "step"',
      'time: no column; the time of the file stands for it',
      'run: "run"',
      'metrics: "loss"',
      'config: "batch_size", "config/depth" as depth',
    ]))
})
