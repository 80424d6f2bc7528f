import { hashOf } from '../hash/content-hash.ts'

/** What stands for a person in the books. */
const personTokenPattern = /person-[0-9a-f]{64}/g

/**
 * What stands for a name in the books: a hash of the name and a salt. Once the salt is destroyed, nobody can tell whose it
 * was, not even by trying every name there is.
 */
export function personToken({
  name,
  salt,
}: {
  readonly name: string
  readonly salt: string
}): string {
  return `person-${hashOf([salt, name])}`
}

/** What stands for a text in the books: a hash of the text and a salt. */
export function sealOfText({
  text,
  salt,
}: {
  readonly text: string
  readonly salt: string
}): string {
  return hashOf([salt, text])
}

/** The plain JSON value with each token in any of its texts changed; the value itself where it has none. */
export function mapPersonTokens<Value>(value: Value, change: (token: string) => string): Value {
  const text = JSON.stringify(value) ?? ''
  if (!text.includes('person-')) return value
  return JSON.parse(
    text.replaceAll(personTokenPattern, (token) => JSON.stringify(change(token)).slice(1, -1)),
  )
}

/** Every token in any of the texts of a value, none twice. */
export function personTokensIn(value: unknown): readonly string[] {
  return [...new Set(JSON.stringify(value)?.match(personTokenPattern))]
}
