import { cutText, quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/** Gives every line of a document a number of its own. */
export type LineNumbering = {
  /** The stated number; `null` where it is blank. `own` is unique within the document in any case. */
  readonly claim: (segment: Segment, element: number) => { stated: string | null; own: string }
}

const lineNumberCharactersMax = 34

/**
 * Starts the numbering. A blank number is filled with the line's place in the document; a number that comes
 * again, as where an order restarts it for each ship-to, gets a suffix. Both are reported. A ship notice
 * of several orders repeats their numbers by right, which is no reason to warn.
 */
export const startLineNumbering = (
  reading: SetReading,
  stated: readonly { readonly segment: Segment; readonly element: number }[],
  repeats: 'warning' | 'info' = 'warning',
): LineNumbering => {
  const reserved = new Set(stated.map((at) => elementText(at.segment, at.element)))
  const taken = new Set<string>()
  let place = 0
  return {
    claim: (segment, element) => {
      place += 1
      const text = cutText(elementText(segment, element), lineNumberCharactersMax)
      const own =
        text === '' ? firstFree(String(place), reserved, taken) : firstFree(text, empty, taken)
      taken.add(own)
      noteNumber(reading, { segment, element }, { text, own, repeats })
      return { stated: text === '' ? null : text, own }
    },
  }
}

const empty: ReadonlySet<string> = new Set()

const firstFree = (
  wanted: string,
  reserved: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string => {
  let candidate = wanted
  for (let count = 2; taken.has(candidate) || reserved.has(candidate); count += 1) {
    candidate = `${wanted}-${count}`
  }
  return candidate
}

const noteNumber = (
  reading: SetReading,
  at: { readonly segment: Segment; readonly element: number },
  {
    text,
    own,
    repeats,
  }: { readonly text: string; readonly own: string; readonly repeats: 'warning' | 'info' },
): void => {
  if (text === own) return
  note(reading, text === '' ? 'x12-line-number-missing' : 'x12-line-number-twice', at, {
    severity: text === '' ? 'info' : repeats,
    sentence:
      text === ''
        ? `the line has no number: ${quoted(own)}, its place in the document, is given to it`
        : `line number ${quoted(text)} comes again: this line is called ${quoted(own)}`,
  })
}
