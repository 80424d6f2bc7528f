import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ObjectExpression, parseSync, Visitor } from 'oxc-parser'

/** An object written in the sources: its keys, and what is said above each. */
type WrittenObject = {
  readonly keys: ReadonlySet<string>
  readonly said: ReadonlyMap<string, string>
}

/** What the sources say of the fields of their schemas, so that nothing is said twice. */
export type DocComments = {
  /** What is said of a field of an object with those fields; null where nothing is. */
  readonly ofField: (fields: readonly string[], field: string) => string | null
}

const sources = ['core', 'rules'].map((name) =>
  fileURLToPath(new URL(`../../${name}/src/`, import.meta.url)),
)

/** Reads the comments of the sources of schemas. */
export const readDocComments = (): DocComments => {
  const files = sources.flatMap((folder) =>
    globSync('**/*.ts', { cwd: folder, exclude: ['**/*.test.ts'] })
      .toSorted()
      .map((file) => readFileSync(folder + file, 'utf8'))
      .filter((text) => text.includes("from 'zod'")),
  )
  const read = files.map(readFile)
  const ofConstants = new Map(read.flatMap(({ constants }) => [...constants]))
  const objects = read.flatMap((file) => file.objectsWith(ofConstants))
  return {
    ofField: (fields, field) => {
      const has = new Set(fields)
      const [best] = objects
        .filter(({ keys, said }) => said.has(field) && [...keys].every((key) => has.has(key)))
        .toSorted((a, b) => b.keys.size - a.keys.size)
      return best?.said.get(field) ?? null
    },
  }
}

const readFile = (text: string) => {
  const { program, comments } = parseSync('source.ts', text)
  const ends = new Map(
    comments
      .filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
      .map(({ end, value }) => [end, sentencesIn(value)]),
  )
  const before = (start: number): string | undefined => {
    const upTo = text.slice(0, start).trimEnd().length
    return ends.get(upTo)
  }
  const constants = new Map<string, string>()
  const literals: ObjectExpression[] = []
  const schemas = new Set<ObjectExpression>()
  new Visitor({
    ExportNamedDeclaration: ({ start, declaration }) => {
      if (declaration?.type === 'VariableDeclaration') keep(start, declaration.declarations)
    },
    VariableDeclaration: ({ start, declarations }) => keep(start, declarations),
    CallExpression: ({ callee, arguments: [first] }) => {
      const called = text.slice(callee.start, callee.end)
      if (first?.type === 'ObjectExpression' && /\b(?:object|strictObject|extend)$/.test(called)) {
        schemas.add(first)
      }
    },
    ObjectExpression: (node) => {
      literals.push(node)
    },
  }).visit(program)
  function keep(start: number, declarations: readonly { id: { type: string; name?: string } }[]) {
    const [first] = declarations
    const said = before(start)
    if (first?.id.name !== undefined && said !== undefined) constants.set(first.id.name, said)
  }
  return {
    constants,
    objectsWith: (known: ReadonlyMap<string, string>): readonly WrittenObject[] =>
      literals.map((literal) => {
        const { properties } = literal
        const keys = new Set<string>()
        const said = new Map<string, string>()
        for (const property of properties) {
          if (property.type !== 'Property' || property.key.type !== 'Identifier') continue
          const { name } = property.key
          keys.add(name)
          const value = /^[A-Za-z]+/.exec(text.slice(property.value.start))?.[0] ?? ''
          const ofValue = schemas.has(literal)
            ? (constants.get(value) ?? known.get(value))
            : undefined
          const words = before(property.start) ?? ofValue
          if (words !== undefined) said.set(name, words)
        }
        return { keys, said }
      }),
  }
}

const sentencesIn = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*\s?/, '').trim())
    .join(' ')
    .trim()
