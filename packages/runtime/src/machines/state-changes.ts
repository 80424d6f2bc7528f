import { canonicalJson } from '@counterfoil/core'

/** One place in which two states differ; null where the place is not there. */
export type StateChange = {
  /** `/standing/states/acknowledgment`, a JSON pointer. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** Where two values in plain JSON differ, in the order of the fields. At most `limit` places. */
export function changesBetween(
  before: unknown,
  after: unknown,
  limit: number,
): readonly StateChange[] {
  return changesAt('', before, after).slice(0, limit)
}

function changesAt(path: string, before: unknown, after: unknown): readonly StateChange[] {
  if (isSame(before, after)) return []
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, before: before ?? null, after: after ?? null }]
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) =>
    changesAt(`${path}/${pointerPart(name)}`, before[name], after[name]),
  )
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b
  return canonicalJson(a) === canonicalJson(b)
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null
}

function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
