import { describe, expect, it } from 'vitest'
import { parseUnifiedDiff } from '../../app/_run/unified-diff.ts'

const DIFF = `diff --git a/train.ts b/train.ts
index 1111111..2222222 100644
--- a/train.ts
+++ b/train.ts
@@ -10,4 +10,5 @@ function train() {
 const a = 1
--- old comment in SQL
+const lr = 0.1
+const seed = 0
 return a
 }
@@ -40 +41 @@
-x
\\ No newline at end of file
+y
diff --git a/logo.png b/logo.png
index 3333333..4444444 100644
Binary files a/logo.png and b/logo.png differ
`

describe('parseUnifiedDiff', () => {
  const files = parseUnifiedDiff(DIFF)

  it('finds the files and counts their lines', () => {
    expect(files.map(({ path, added, removed }) => ({ path, added, removed }))).toEqual([
      { path: 'train.ts', added: 3, removed: 2 },
      { path: 'logo.png', added: 0, removed: 0 },
    ])
    expect(files[1]?.lines.at(-1)?.text).toBe('Binary files a/logo.png and b/logo.png differ')
  })

  it('takes a removed line that begins with two dashes for what it is', () => {
    expect(files[0]?.lines.filter((line) => line.kind === 'removed').map((line) => line.text)).toEqual(['--- old comment in SQL', '-x'])
  })

  it('numbers lines on both sides', () => {
    const numbered = files[0]?.lines.filter((line) => line.oldLine !== null || line.newLine !== null).map((line) => [line.oldLine, line.newLine])
    expect(numbered).toEqual([
      [10, 10],
      [11, null],
      [null, 11],
      [null, 12],
      [12, 13],
      [13, 14],
      [40, null],
      [null, 41],
    ])
  })

  it('names a plain diff after its header', () => {
    const plain = parseUnifiedDiff('--- a/train.ts\n+++ b/train.ts\t2026-01-01\n@@ -1 +1 @@\n-a\n+b\n')
    expect(plain.map(({ path, added, removed }) => ({ path, added, removed }))).toEqual([{ path: 'train.ts', added: 1, removed: 1 }])
  })

  it('keeps every line of a text that is no diff, or of one cut off', () => {
    expect(parseUnifiedDiff('warning: x\nsomething')[0]?.lines.map((line) => line.text)).toEqual(['warning: x', 'something'])
    const cut = parseUnifiedDiff(DIFF.slice(0, DIFF.indexOf('const seed')))
    expect(cut[0]?.lines.at(-1)).toMatchObject({ kind: 'added', text: '+' })
    expect(parseUnifiedDiff('')).toEqual([])
  })
})
