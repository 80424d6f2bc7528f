import { pointerTo } from '../rule-set/rule-set-finding.ts'

/**
 * Parses JSON and refuses a key that stands twice in one object, of which `JSON.parse` keeps the last unseen. Throws a
 * `SyntaxError` that names the place. A byte order mark, as some editors write it first, is no part of the text.
 */
export const parseJson = (marked: string): unknown => {
  const text = marked.replace(/^\uFEFF/, '')
  const value: unknown = JSON.parse(text)
  const repeated = findRepeatedKey(text)
  if (repeated === null) return value
  throw new SyntaxError(`the key at \`${repeated}\` stands twice in one object`)
}

/** An object or a list that is open at this place of the text. */
type Open = {
  /** Null in a list. */
  readonly keys: Set<string> | null
  /** The member that is being read. */
  at: string | number
  isAtKey: boolean
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g

/** The pointer to the first key that an object has twice; the text is known to be JSON. */
const findRepeatedKey = (text: string): string | null => {
  const open: Open[] = []
  for (const [token] of text.matchAll(tokens)) {
    const inner = open.at(-1)
    if (token === '{') open.push({ keys: new Set(), at: '', isAtKey: true })
    else if (token === '[') open.push({ keys: null, at: 0, isAtKey: false })
    else if (token === '}' || token === ']') open.pop()
    else if (inner === undefined) continue
    else if (token === ',') toNextMember(inner)
    else if (inner.isAtKey && inner.keys !== null) {
      const key = String(JSON.parse(token))
      inner.at = key
      inner.isAtKey = false
      if (inner.keys.has(key)) return pointerOf(open)
      inner.keys.add(key)
    }
  }
  return null
}

const toNextMember = (inner: Open): void => {
  if (typeof inner.at === 'number') inner.at += 1
  else inner.isAtKey = true
}

const pointerOf = (open: readonly Open[]): string =>
  open.reduce((pointer, { at }) => pointerTo(pointer, at), '')
