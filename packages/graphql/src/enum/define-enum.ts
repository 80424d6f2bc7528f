/** An enum of the schema: its text and what its values are in our own words. */
export type DefinedEnum = {
  readonly name: string
  readonly sdl: string
  /** Our word for each value of the schema. */
  readonly values: { readonly [value: string]: string }
}

/**
 * An enum over words of ours: `in-fulfilment` is IN_FULFILMENT. Words come with a sentence each, or as a list where each
 * says what it means.
 */
export function defineEnum(
  name: string,
  description: string,
  words: readonly string[] | { readonly [word: string]: string },
): DefinedEnum {
  const described = isList(words)
    ? words.map((word) => [word, null] as const)
    : Object.entries(words)
  const lines = described.map(([word, sentence]) =>
    sentence === null
      ? `  ${enumValueOf(word)}`
      : `  """\n  ${sentence}\n  """\n  ${enumValueOf(word)}`,
  )
  return {
    name,
    sdl: `\n"""\n${description}\n"""\nenum ${name} {\n${lines.join('\n')}\n}\n`,
    values: Object.fromEntries(described.map(([word]) => [enumValueOf(word), word])),
  }
}

/** `in-fulfilment` as the schema writes it: IN_FULFILMENT. */
export function enumValueOf(word: string): string {
  return word.toUpperCase().replaceAll('-', '_')
}

function isList(words: readonly string[] | object): words is readonly string[] {
  return Array.isArray(words)
}
