import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RULES } from '../../core/diagnosis/registry.ts'
import { block, factsOf } from '../../scripts/diagnosis/blocks.ts'
import { ROOT } from '../architecture/source-files.ts'

const PAGES = join(ROOT, 'docs/diagnosis')
const page = (code: string) => readFileSync(join(PAGES, `${code}.md`), 'utf8')

describe('the pages of diagnoses', () => {
  it('are one for each rule, and an index of all', () => {
    expect(readdirSync(PAGES).sort()).toEqual([...RULES.map(({ code }) => `${code}.md`), 'README.md'].sort())
    const index = block(readFileSync(join(PAGES, 'README.md'), 'utf8'), 'table')
    for (const { id, code, title, severities } of RULES) expect(index).toContain(`| ${id} | [${title}](${code}.md) | ${severities[0]} |`)
  })

  it.each(RULES)('say of $id what the rule says of itself, and show a run', (rule) => {
    const text = page(rule.code)
    expect(text.split('\n')[0]).toBe(`# ${rule.title}`)
    expect(block(text, 'facts')).toBe(factsOf(rule))
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'What it looks like',
      'Why it happens',
      'How it is detected',
      'When it is wrong',
      'What to do',
    ])
    const pictures = [...block(text, 'picture').matchAll(/\.\.\/images\/diagnosis\/[a-z-]+\.svg/g)].map(([path]) => path)
    expect(pictures).toEqual([`../images/diagnosis/${rule.code}-dark.svg`, `../images/diagnosis/${rule.code}-light.svg`])
    expect(pictures.filter((path) => !existsSync(join(PAGES, path)))).toEqual([])
  })
})
