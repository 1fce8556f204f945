/**
 * The name under which the state of a variable is exported: without the number that TensorFlow.js appends when a process makes a second
 * weight of the same name (`dense/kernel_1`), since a run that goes on in another process would not find it otherwise.
 */
export function stateName(variableName: string): string {
  return variableName.includes('/') ? variableName.replace(/_\d+$/, '') : variableName
}

/** Export names of all variables; those that would fall together keep their full names. */
export function stateNames(variableNames: Iterable<string>): Map<string, string> {
  const names = [...variableNames]
  const count = new Map<string, number>()
  for (const name of names) count.set(stateName(name), (count.get(stateName(name)) ?? 0) + 1)
  return new Map(names.map((name) => [name, count.get(stateName(name)) === 1 ? stateName(name) : name]))
}
