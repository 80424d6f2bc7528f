import { CounterfoilError } from '@counterfoil/core'

/** Throws when two values are not the same data; `what` says which sentence of the contract is broken. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [textOf(actual), textOf(expected)]
  if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}`)
}

/** Throws unless the promise rejects with a `CounterfoilError` of that code. */
export async function rejectsWith(
  promise: Promise<unknown>,
  code: CounterfoilError['code'],
  what: string,
): Promise<CounterfoilError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (CounterfoilError.is(error) && error.code === code) return error
  const found = error instanceof Error ? error.message : 'no error'
  throw new Error(`${what}: expected \`${code}\`, found ${found}`)
}

// Not the canonical JSON of hashes: a store must keep half a character too, which canonical JSON refuses.
function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value, (_name, part) => inOrder(part))
}

function inOrder(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
  return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
