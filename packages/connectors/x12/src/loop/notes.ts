import { cutText } from '../finding/finding-log.ts'
import { type SetReading, takeAll } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

const noteCharactersMax = 2000
const notesMax = 100

/** Free text for a person: MSG, NTE and MTX, each as one note. */
export const readNotes = (reading: SetReading, segments: readonly Segment[]): readonly string[] =>
  segments
    .flatMap((segment) => takeAll(reading, [segment], segment.id, isNote))
    .map((segment) =>
      cutText(elementText(segment, noteElements.get(segment.id) ?? 1), noteCharactersMax),
    )
    .filter((text) => text !== '')
    .slice(0, notesMax)

/** Which element of each carries the text. */
const noteElements: ReadonlyMap<string, number> = new Map([
  ['MSG', 1],
  ['NTE', 2],
  ['MTX', 2],
])

const isNote = (segment: Segment): boolean => noteElements.has(segment.id)

/** The note as a document field: left out where there is none. */
export const notesField = (notes: readonly string[]): { notes?: string[] } =>
  notes.length === 0 ? {} : { notes: [...notes] }

/** A line's description: its free-form PIDs one after the other, in at most 400 characters. */
export const readDescription = (reading: SetReading, segments: readonly Segment[]): string =>
  cutText(
    takeAll(reading, segments, 'PID', (one) => elementText(one, 5) !== '')
      .map((segment) => elementText(segment, 5))
      .join(' '),
    descriptionCharactersMax,
  )

const descriptionCharactersMax = 400
