/**
 * Indices that sort `keys` ascending, equal keys in their present order.
 * Natural merge sort: logged steps are mostly in order already, and then this is one pass.
 */
export function stableOrder(keys: Float64Array): Uint32Array {
  const n = keys.length
  let order = Uint32Array.from({ length: n }, (_, i) => i)
  let starts = [0]
  for (let i = 1; i < n; i++) if (keys[i]! < keys[i - 1]!) starts.push(i)
  let spare = new Uint32Array(n)
  while (starts.length > 1) {
    const merged: number[] = []
    for (let r = 0; r < starts.length; r += 2) {
      const from = starts[r]!
      const middle = starts[r + 1] ?? n
      const to = starts[r + 2] ?? n
      merged.push(from)
      let left = from
      let right = middle
      for (let at = from; at < to; at++) {
        const takeLeft = left < middle && (right >= to || keys[order[left]!]! <= keys[order[right]!]!)
        spare[at] = takeLeft ? order[left++]! : order[right++]!
      }
    }
    ;[order, spare] = [spare, order]
    starts = merged
  }
  return order
}
