/**
 * Writes what the Python client shares with the TypeScript code: the SQL of the migrations and the edges of ratio histograms.
 * `npx tsx scripts/python-schema.ts`; test/python keeps the files in step.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RATIO_EDGES } from '../core/update-ratio.ts'
import { VERSION } from '../core/version.ts'

const root = join(import.meta.dirname, '..')
const MADE = '# Made by scripts/python-schema.ts; a test keeps it in step. Do not edit.\n'

/** `_schema.py`: every migration's statements, in order. */
export function schemaModule(): string {
  const folder = join(root, 'db/sqlite/migrations')
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const migrations = files.map((name) => readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint'))
  const lists = migrations.map((statements) => `    [\n${statements.map((sql) => `        ${JSON.stringify(sql.trim())},\n`).join('')}    ],\n`)
  return `${MADE}# ruff: noqa: E501\nfrom typing import List\n\nVERSION = "${VERSION}"\n\nMIGRATIONS: List[List[str]] = [\n${lists.join('')}]\n`
}

/** `_ratio_edges.py`: the edges to the last bit, which another language's power function need not give. */
export function edgesModule(): string {
  return `${MADE}RATIO_EDGES = (\n${RATIO_EDGES.map((edge) => `    ${/[.e]/.test(String(edge)) ? edge : `${edge}.0`},\n`).join('')})\n`
}

export const GENERATED = { '_schema.py': schemaModule, '_ratio_edges.py': edgesModule }

if (process.argv[1] === import.meta.filename)
  for (const [name, make] of Object.entries(GENERATED)) writeFileSync(join(root, 'python/lossboard', name), make())
