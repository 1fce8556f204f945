import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { dataSchema, loadDataset, splitSchema } from '../../../../trainer/lab/data/registry.ts'

const folder = mkdtempSync(join(tmpdir(), 'lossboard-csv-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

/** Reads a table with everything in the training split. */
function load(content: string | Buffer, options: Record<string, unknown> = {}, split: Record<string, unknown> = { validation: 0, test: 0 }) {
  const path = join(folder, `table-${files++}.csv`)
  writeFileSync(path, content)
  return loadDataset(dataSchema.parse({ kind: 'csv', path, label: 'y', ...options }), splitSchema.parse(split), { splitSeed: 0 })
}

describe('a table', () => {
  it('is read with every numeric column as a feature, and classes sorted', async () => {
    const { train, classes, facts, image } = await load('a,name,y,b\n1,x,no,-2.5\n3,y,yes,4e1\n')
    expect([...train.inputs]).toEqual([1, -2.5, 3, 40])
    expect([...train.labels]).toEqual([0, 1])
    expect([classes, train.shape, image]).toEqual([['no', 'yes'], [2], false])
    expect(facts).toMatchObject({ rows: 2, features: ['a', 'b'], columnsLeftOut: ['name'], rowsDroppedForMissing: 0 })
  })

  it('takes the features that are named, in that order', async () => {
    const { train } = await load('a,y,b,c\n1,0,2,3\n4,1,5,6\n', { features: ['c', 'a'] })
    expect([...train.inputs]).toEqual([3, 1, 6, 4])
  })

  it.each([
    ['a byte order mark', '\ufeffa,y\n1,p\n2,q\n'],
    ['Windows line ends', 'a,y\r\n1,p\r\n2,q\r\n'],
    ['quotes', '"a","y"\n"1","p"\n" 2 ","q"\n'],
    ['semicolons', 'a;y\n1;p\n2;q\n'],
    ['tabs', 'a\ty\n1\tp\n2\tq\n'],
    ['spaces around names and empty lines', '\n a , y \n1,p\n\n2,q\n\n'],
    ['no last line end', 'a,y\n1,p\n2,q'],
  ])('may have %s', async (_what, content) => {
    const { train, classes } = await load(content)
    expect([[...train.inputs], classes]).toEqual([
      [1, 2],
      ['p', 'q'],
    ])
  })

  it('may have delimiters and line ends in quoted cells', async () => {
    const { classes } = await load('a,y\n1,"x, ""y""\nz"\n2,w\n')
    expect(classes).toEqual(['w', 'x, "y"\nz'])
  })

  it('sorts numeric classes by number, others by their characters', async () => {
    expect((await load('a,y\n1,10\n2,9\n3,-1\n')).classes).toEqual(['-1', '9', '10'])
    expect((await load('a,y\n1,10\n2,9\n3,b\n')).classes).toEqual(['10', '9', 'b'])
    expect((await load('a,y\n1,1\n2,1.0\n')).classes).toEqual(['1', '1.0'])
  })

  it('leaves out a column without a name, such as the index that pandas writes, and says so', async () => {
    const { train, facts } = await load(',a,y\n0,5,p\n1,6,q\n')
    expect([[...train.inputs], facts.columnsLeftOut]).toEqual([[5, 6], ['column 1 (no name)']])
  })
})

describe('missing cells', () => {
  const content = 'a,b,y\n1,10,p\n,20,q\n3,NA,p\n5,40,\n7,?,q\n'

  it('are refused by row and column unless told otherwise', async () => {
    await expect(load(content)).rejects.toThrow(/row 3, column "a" is empty: set data.missing to drop/)
    await expect(load('a,y\n1,p\n2,\n')).rejects.toThrow('row 3, column "y" is empty')
  })

  it('drop their rows, which are counted', async () => {
    const { train, facts } = await load(`${content}9,90,q\n`, { missing: 'drop' })
    expect([...train.inputs]).toEqual([1, 10, 9, 90])
    expect(facts).toMatchObject({ rowsDroppedForMissing: 4, firstRowsDropped: [3, 4, 5, 6] })
  })

  it('become the mean of the training split, counted by column; rows without a class are dropped', async () => {
    const { train, facts } = await load(content, { missing: 'mean' })
    expect([...train.inputs]).toEqual([1, 10, expect.closeTo(11 / 3, 5), 20, 3, 15, 7, 15])
    expect(facts).toMatchObject({ missingFilledWithTrainingMean: { a: 1, b: 2 }, rowsDroppedForMissing: 1 })
  })

  it('in the test split are filled from the training split, never from their own', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 4 === 3 ? '' : i},${i % 2 ? 'p' : 'q'}`)
    const { train, test } = await load(`a,y\n${rows.join('\n')}\n`, { missing: 'mean' }, { validation: 0, test: 0.5 })
    const whole = [...train.inputs].filter(Number.isInteger)
    const mean = whole.reduce((sum, value) => sum + value, 0) / whole.length
    const filled = [...test.inputs].filter((value) => !Number.isInteger(value))
    expect(filled.length).toBeGreaterThan(0)
    for (const value of filled) expect(value).toBeCloseTo(mean, 4)
    expect([...test.inputs].every(Number.isFinite)).toBe(true)
  })

  it('can be written otherwise', async () => {
    const { train } = await load('a,y\n-999,p\n4,q\n5,p\n', { missing: 'drop', missingValues: ['-999'] })
    expect([...train.inputs]).toEqual([4, 5])
  })
})

describe('a table that cannot be used', () => {
  it.each([
    ['a ragged row', 'a,y\n1,p\n2,q,3\n', {}, /row 3 has 3 cells, the header has 2/],
    ['a short row after an empty line', 'a,b,y\n1,2,p\n\n1,2\n', {}, /row 4 has 2 cells, the header has 3/],
    ['a word among numbers', 'a,b,y\n1,2,p\n3,four,q\n', {}, /row 3, column "b" is the string "four", not a number/],
    ['a number with a unit', 'a,y\n1 kg,p\n2,q\n', {}, /row 2, column "a" is the string "1 kg"/],
    ['a hexadecimal number', 'a,b,y\n1,0x10,p\n2,3,q\n', {}, /row 2, column "b" is the string "0x10"/],
    ['a number too large for float32', 'a,y\n1e39,p\n2,q\n', {}, /row 2, column "a" is 1e39: too large/],
    ['infinity', 'a,b,y\n1,2,p\n2,Infinity,q\n', {}, /row 3, column "b" is the string "Infinity"/],
    ['a label that does not exist', 'aa,species\n1,p\n', { label: 'specis' }, /data.label: .* has no column "specis": did you mean "species"\?/],
    ['a label far from all names', 'aa,bb\n1,p\n', { label: 'target' }, /its columns are aa, bb/],
    ['a feature that does not exist', 'width,y\n1,p\n', { features: ['widht'] }, /data.features: .* did you mean "width"/],
    ['the label as a feature', 'a,y\n1,p\n', { features: ['a', 'y'] }, /"y" is the label/],
    ['a feature named twice', 'a,y\n1,p\n', { features: ['a', 'a'] }, /names "a" twice/],
    ['two columns of one name', 'a,y,y\n1,p,q\n', {}, /two columns are named "y"/],
    ['no numbers', 'a,y\nx,p\nz,q\n', {}, /no column beside "y" holds numbers/],
    ['one class', 'a,y\n1,p\n2,p\n', {}, /"y" has 1 different value in 2 rows: classification needs at least 2/],
    [
      'a measurement as label',
      `a,y\n${Array.from({ length: 30 }, (_, i) => `${i},${i / 7}`).join('\n')}`,
      {},
      /30 different values in 30 rows: that is no class/,
    ],
    ['an open quote', 'a,y\n1,"p\n2,q\n', {}, /row 2 has a quote that is never closed/],
    ['nothing', '', {}, /the file is empty/],
    ['a header only', 'a,y\n', {}, /there are no rows below the header/],
    ['another encoding', Buffer.from([0x61, 0x2c, 0x79, 0x0a, 0xe9, 0x2c, 0x70, 0x0a]), {}, /it is not text in UTF-8/],
  ])('is refused for %s', async (_what, content, options, message) => {
    const failure = await load(content, options).then(
      () => null,
      (error: unknown) => error as Error,
    )
    expect(failure).toMatchObject({ name: 'LossboardError' })
    expect(failure!.message).toMatch(message)
    expect(failure!.message).not.toContain('\n')
  })

  it('is named when it does not exist, or is a folder', async () => {
    const read = (path: string) => loadDataset(dataSchema.parse({ kind: 'csv', path, label: 'y' }), splitSchema.parse({}), { splitSeed: 0 })
    await expect(read(join(folder, 'absent.csv'))).rejects.toThrow(/absent.csv: there is no such file/)
    await expect(read(folder)).rejects.toThrow(/it cannot be read \(EISDIR\)/)
  })
})
