import { factTypesOfKind } from '../src/facts/facts-of-kind.ts'
import type { FactField } from '../src/facts/fact-type.ts'

const opening = `import type { OpenRecord, PlaceReader } from './place-reader.ts'

// Written by \`pnpm schemas\` from the schemas of the facts: change those, not this file.

/**
 * A reader for each place of the facts that a schema names. Each is a function of its own, so that an
 * engine sees one shape of record in it and reads the field without a look-up by name; rules read the
 * same way as code written by hand for them, and nothing is generated while they run.
 */
export const factReaders: ReadonlyMap<string, PlaceReader> = new Map<string, PlaceReader>([
`

const closing = `])

const isRecord = (value: unknown): value is OpenRecord =>
  typeof value === 'object' && value !== null
`

/** The text of \`src/facts/fact-readers.ts\`. */
export const factReadersText = (): string => {
  const places = new Set(
    Object.values(factTypesOfKind).flatMap((facts) =>
      [...facts].flatMap(([name, field]) => placesIn([name], field)),
    ),
  )
  return `${opening}${[...places].toSorted().map(entry).join('')}${closing}`
}

const placesIn = (names: readonly string[], { type }: FactField): readonly string[] => {
  for (const name of names) refuseInherited(name)
  const inside =
    type.kind === 'record'
      ? [...type.fields].flatMap(([name, field]) => placesIn([...names, name], field))
      : []
  return [names.join('.'), ...inside]
}

// These readers do not ask whether a field is the record's own, so no field may be named like one that
// every record or list has.
const refuseInherited = (name: string): void => {
  if (name in {} || name in [])
    throw new Error(`\`${name}\` is no name for a fact: every record has it`)
}

const entry = (place: string): string => {
  const [fact = '', ...steps] = place.split('.')
  if (steps.length === 0) return `  [${text(place)}, (facts) => facts[${text(fact)}]],\n`
  const lines = [`const a = facts[${text(fact)}]`, 'if (!isRecord(a)) return a']
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  for (const [index, step] of steps.entries()) {
    const holder = names[index]
    const next = names[index + 1]
    if (index === steps.length - 1) lines.push(`return ${holder}[${text(step)}]`)
    else
      lines.push(
        `const ${next} = ${holder}[${text(step)}]`,
        `if (!isRecord(${next})) return undefined`,
      )
  }
  const body = lines.map((line) => `      ${line}\n`).join('')
  return `  [\n    ${text(place)},\n    (facts) => {\n${body}    },\n  ],\n`
}

const text = (name: string): string => `'${name}'`
