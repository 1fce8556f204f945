/** The whole numbers below `n` in random order, each order equally likely (Fisher–Yates). */
export function permutation(n: number, random: () => number): Int32Array<ArrayBuffer> {
  const order = new Int32Array(n)
  for (let i = 0; i < n; i++) order[i] = i
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const item = order[i]!
    order[i] = order[j]!
    order[j] = item
  }
  return order
}
