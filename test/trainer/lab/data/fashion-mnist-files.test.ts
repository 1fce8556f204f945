import { expect, it } from 'vitest'
import { findDataPackage } from '../../../../trainer/lab/data/data-package.ts'
import { parsePixelRows } from '../../../../trainer/lab/data/fashion-mnist-files.ts'

const parse = (text: string, size = 2, rows = 3) => {
  const pixels = new Uint8Array(size * rows)
  return { read: parsePixelRows(Buffer.from(text), size, pixels), pixels: [...pixels] }
}

it('reads rows of bytes from JSON, and counts empty rows', () => {
  expect(parse('{"data":[[0,255],[],[7, 10]\n]}')).toEqual({ read: { rows: 2, emptyRows: 1 }, pixels: [0, 255, 7, 10, 0, 0] })
  expect(parse('{"data":[]}').read).toEqual({ rows: 0, emptyRows: 0 })
})

it.each([
  ['{"data":[[1,2],[3,256]]}', 'its row 2 holds a number that is no byte'],
  ['{"data":[[1,2],[3]]}', 'its row 2 has 1 numbers instead of 2'],
  ['{"data":[[1,2,3]]}', 'its row 1 has more than 2 numbers'],
  ['{"data":[[1,-2]]}', 'its row 1 holds a character that is no digit'],
  ['{"data":[[1,2.5]]}', 'its row 1 holds a character that is no digit'],
  ['{"data":[[1,2],[1,2],[1,2],[1,2]]}', 'it has more than 3 rows'],
  ['{"data":[[1,2],[3', 'it is cut off'],
  ['', 'it holds no list'],
])('refuses %s', (text, problem) => {
  expect(parse(text).read).toBe(problem)
})

it('says which command installs a data package that is not there', () => {
  const absent = { name: 'lossboard-no-such-data', version: '1.0.0', holds: 'Nothing' }
  expect(() => findDataPackage(absent)).toThrow('Nothing is not installed: run npm install lossboard-no-such-data@1.0.0 and try again')
  try {
    findDataPackage(absent)
  } catch (error) {
    expect(error).toMatchObject({ code: 'missing_dependency' })
  }
})
