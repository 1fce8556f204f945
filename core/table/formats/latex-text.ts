/**
 * Any text as LaTeX that pdfLaTeX with OT1 fonts prints: ASCII only, accents as commands, Greek and signs as mathematics. What it cannot
 * print (Chinese, emoji) is written as its code point, `U+4E2D`, and reported; with `unicode` (XeLaTeX, LuaLaTeX) it stays as it is.
 */
export interface LatexText {
  latex: string
  /** Characters written as code points. */
  unprintable: string[]
}

const SPECIAL: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  // In mathematics: the text font of these signs is a bitmap where cm-super is not installed, and microtype refuses bitmaps.
  $: '$\\$$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '"': "''",
}

/** Beyond ASCII. `\checkmark` needs amssymb or amsfonts; everything else is in plain LaTeX. */
const SIGNS: Record<string, string> = {
  ...mathSigns('±', '\\pm', '×', '\\times', '÷', '\\div', '·', '\\cdot', '−', '-', '≤', '\\leq', '≥', '\\geq', '≠', '\\neq', '≈', '\\approx'),
  ...mathSigns('∞', '\\infty', '→', '\\rightarrow', '←', '\\leftarrow', '↑', '\\uparrow', '↓', '\\downarrow', '↔', '\\leftrightarrow'),
  ...mathSigns('⇒', '\\Rightarrow', '∈', '\\in', '∑', '\\sum', '√', '\\surd', '∆', '\\Delta', '∇', '\\nabla', '∂', '\\partial', '✓', '\\checkmark'),
  ...mathSigns('✔', '\\checkmark', '✗', '\\times', '✘', '\\times', '°', '^\\circ', '²', '^2', '³', '^3', '¹', '^1', 'µ', '\\mu', '★', '\\star'),
  '†': '$\\dagger$',
  '‡': '$\\ddagger$',
  '§': '$\\S$',
  '¶': '$\\P$',
  '©': '\\copyright{}',
  '£': '$\\pounds$',
  '…': '\\ldots{}',
  '–': '--',
  '—': '---',
  '‐': '-',
  '‘': '`',
  '’': "'",
  '“': '``',
  '”': "''",
  '\u00a0': '~',
  '\u2009': '\\,',
  '\u202f': '\\,',
  ß: '\\ss{}',
  ø: '\\o{}',
  Ø: '\\O{}',
  æ: '\\ae{}',
  Æ: '\\AE{}',
  œ: '\\oe{}',
  Œ: '\\OE{}',
  å: '\\aa{}',
  Å: '\\AA{}',
  ł: '\\l{}',
  Ł: '\\L{}',
  ı: '\\i{}',
}

const GREEK =
  'α alpha β beta γ gamma δ delta ε varepsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma ς varsigma τ tau υ upsilon φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega'.split(
    ' ',
  )
for (let i = 0; i < GREEK.length; i += 2) SIGNS[GREEK[i] as string] = `$\\${GREEK[i + 1]}$`

/** Combining marks that OT1 can set over a letter. */
const ACCENTS: Record<string, string> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0308': '"',
  '\u030a': 'r',
  '\u030c': 'v',
  '\u0306': 'u',
  '\u030b': 'H',
  '\u0307': '.',
  '\u0304': '=',
  '\u0327': 'c',
  '\u0323': 'd',
}

export function latexText(text: string, { unicode = false }: { unicode?: boolean } = {}): LatexText {
  const unprintable: string[] = []
  // Line breaks and tabs would end a cell or a row early.
  const latex = Array.from(text.replace(/\s+/g, (space) => (space.includes('\u00a0') ? '\u00a0' : ' ')).normalize('NFC'), (character) => {
    const known = SPECIAL[character] ?? SIGNS[character]
    if (known !== undefined) return known
    const code = character.codePointAt(0) as number
    if (code < 32 || code === 127) return ''
    if (code < 127) return character
    const accented = accent(character)
    if (accented) return accented
    // Marks that change how the sign before them looks, and nothing by themselves.
    if ((code >= 0xfe00 && code <= 0xfe0f) || code === 0x200d || code === 0x200b) return unicode ? character : ''
    if (unicode) return character
    const plain = character.normalize('NFKC')
    // Ligatures and full-width letters.
    if (plain !== character && /^[A-Za-z0-9]+$/.test(plain)) return plain
    unprintable.push(character)
    return `\\texttt{U+${code.toString(16).toUpperCase().padStart(4, '0')}}`
  }).join('')
  return { latex, unprintable }
}

function accent(character: string): string | null {
  const [letter = '', mark = '', ...more] = Array.from(character.normalize('NFD'))
  const command = ACCENTS[mark]
  if (!command || more.length > 0 || !/^[A-Za-z]$/.test(letter)) return null
  const base = /^[ij]$/.test(letter) && !'cd'.includes(command) ? `\\${letter}` : letter
  return `\\${command}{${base}}`
}

function mathSigns(...pairs: string[]): Record<string, string> {
  const signs: Record<string, string> = {}
  for (let i = 0; i < pairs.length; i += 2) signs[pairs[i] as string] = `$${pairs[i + 1]}$`
  return signs
}
