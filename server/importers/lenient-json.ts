/** JSON as Python writes it: bare NaN, Infinity and -Infinity, which become those strings. Throws what JSON.parse throws. */
export function parseLenient(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const mended = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) => (token.startsWith('"') ? token : `"${token}"`))
    if (mended === text) throw error
    return JSON.parse(mended)
  }
}
