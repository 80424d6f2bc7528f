import { canonicalJson, CounterfoilError } from '@counterfoil/core'

/** Throws when two values are not the same data; `what` says which sentence of the contract is broken. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [textOf(actual), textOf(expected)]
  if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}`)
}

/** Throws unless the promise rejects with a `CounterfoilError` of that code, to be tried again or not. */
export async function rejectsWith(
  promise: Promise<unknown>,
  { code, retryable }: { readonly code: CounterfoilError['code']; readonly retryable: boolean },
  what: string,
): Promise<void> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!CounterfoilError.is(error) || error.code !== code) {
    const found = error instanceof Error ? `${error.name}: ${error.message}` : 'no error'
    throw new Error(`${what}: expected \`${code}\`, found ${found}`)
  }
  same(error.retryable, retryable, `${what}: whether \`${code}\` may be tried again`)
}

function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : canonicalJson(JSON.parse(JSON.stringify(value)))
}
