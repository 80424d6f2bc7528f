import { cutText, quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find, findAll } from './find-element.ts'
import { note, type UblReading } from './ubl-reading.ts'

/** An element's text; undefined where the element is missing or empty. It then counts as used. */
export const textOf = (
  reading: UblReading,
  element: XmlElement | undefined,
): string | undefined => {
  if (element === undefined) return undefined
  reading.used.add(element)
  return element.text === '' ? undefined : element.text
}

/** The text at the end of a way down: `textAt(reading, line, 'Item', 'Name')`. */
export const textAt = (
  reading: UblReading,
  element: XmlElement | undefined,
  ...names: readonly string[]
): string | undefined => textOf(reading, find(element, ...names))

/** Every text at the end of a way down. */
export const textsAt = (
  reading: UblReading,
  element: XmlElement | undefined,
  ...names: readonly string[]
): readonly string[] => findAll(element, ...names).flatMap((one) => textOf(reading, one) ?? [])

/** What senders write into a number that a schema demands and they do not have. */
const placeholder = /^(?:n\/?a|n\.a\.|none|null|-+)$/i

/** A number that refers to something; undefined also where the sender only filled the field: `NA`. */
export const referenceAt = (
  reading: UblReading,
  element: XmlElement | undefined,
  ...names: readonly string[]
): string | undefined => {
  const text = textAt(reading, element, ...names)
  return text === undefined || placeholder.test(text) ? undefined : text
}

/** A text the document cannot do without: its absence is an error, and the text then is empty. */
export const requiredTextAt = (
  reading: UblReading,
  element: XmlElement,
  ...names: readonly string[]
): string => {
  const text = textAt(reading, element, ...names)
  if (text !== undefined) return text
  const name = names.join('/')
  note(reading, 'ubl-field-missing', element, {
    severity: 'error',
    sentence: `${quoted(element.name)} has no ${quoted(name)}, which it cannot do without: ask the sender for it`,
  })
  return ''
}

/** A description as a line carries it: at most 400 characters, the end marked where it is cut. */
export const describeAt = (
  reading: UblReading,
  element: XmlElement | undefined,
  ...names: readonly string[]
): string | undefined => {
  const text = textAt(reading, element, ...names)
  return text === undefined ? undefined : cutText(text, descriptionCharactersMax)
}

const descriptionCharactersMax = 400
