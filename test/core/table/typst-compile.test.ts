import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { expect, it } from 'vitest'
import { DEFAULT_FORMAT_OPTIONS, type TableSource } from '../../../core/table/formats/table-format.ts'
import { typstFormat } from '../../../core/table/formats/typst.ts'
import { HOSTILE_LABELS, hostileTable } from './hostile-table.ts'

const compiler = NodeCompiler.create()

/** The texts of a document, as Typst read them. */
function compiledText(source: string): string {
  const compiled = compiler.compile({ mainFileContent: source })
  if (!compiled.result) throw new Error(JSON.stringify(compiler.fetchDiagnostics(compiled.takeDiagnostics()!)).slice(0, 1000))
  const texts: string[] = []
  for (const label of compiler.query(compiled.result, { selector: 'figure' }) as unknown[]) collect(label, texts)
  return texts.join('')
}

function collect(value: unknown, into: string[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into)
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) {
      if (key === 'text' && typeof item === 'string') into.push(item)
      else if (key === 'func' && item === 'space') into.push(' ')
      else collect(item, into)
    }
}

it('a table with hostile labels compiles with every label as it was written', () => {
  const text = compiledText(typstFormat.write({ document: hostileTable() } as TableSource, DEFAULT_FORMAT_OPTIONS))
  for (const label of HOSTILE_LABELS) expect(text).toContain(label.replace(/\s+/g, ' '))
  for (const number of ['94.27', '± 0.17', '−1.58', '<', '[−1.20, 0.30]', '†']) expect(text).toContain(number)
})

it('stands on a page of its own as a PDF', () => {
  const pdf = compiler.pdf({ mainFileContent: typstFormat.write({ document: hostileTable() } as TableSource, DEFAULT_FORMAT_OPTIONS) })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
})
