interface Reach {
  name: string
  lastStep: number
}

/** Where a resumed run goes on counting: its next step, and the number of its next line of console output. What Lossboard logs by itself does not count. */
export function nextSteps(series: readonly Reach[], records: readonly Reach[]): { nextStep: number; nextLine: number } {
  const isConsole = ({ name }: Reach) => name.startsWith('console/')
  const own = [...series, ...records].filter((item) => !isConsole(item) && !item.name.startsWith('system/') && item.name !== 'model')
  const after = (items: readonly Reach[]) => items.reduce((highest, { lastStep }) => Math.max(highest, lastStep + 1), 0)
  return { nextStep: after(own), nextLine: after(records.filter(isConsole)) }
}
