/** Short name of a setting: the last part of its path, unless another swept path ends in the same. */
export function sweptName(path: string, paths: readonly string[]): string {
  const last = (one: string) => one.slice(one.lastIndexOf('.') + 1)
  return paths.some((other) => other !== path && last(other) === last(path)) ? path : last(path)
}
