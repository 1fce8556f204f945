/** Answers kept while they are worth more than the memory they take; what was used longest ago goes first. */
export class BoundedCache<Value> {
  private readonly entries = new Map<string, { value: Value; cost: number }>()
  private total = 0

  constructor(private readonly budget: number) {}

  get(key: string): Value | undefined {
    const entry = this.entries.get(key)
    if (!entry) return undefined
    this.entries.delete(key)
    this.entries.set(key, entry)
    return entry.value
  }

  /** `cost` in the unit of the budget. What costs more than half the budget is not kept. */
  set(key: string, value: Value, cost: number): void {
    const old = this.entries.get(key)
    if (old) {
      this.total -= old.cost
      this.entries.delete(key)
    }
    if (cost > this.budget / 2) return
    this.entries.set(key, { value, cost })
    this.total += cost
    for (const [oldest, entry] of this.entries) {
      if (this.total <= this.budget) break
      this.entries.delete(oldest)
      this.total -= entry.cost
    }
  }
}
