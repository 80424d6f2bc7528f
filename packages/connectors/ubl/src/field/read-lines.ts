import { decimal, equalDecimals, type Finding } from '@counterfoil/core'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf, find } from './find-element.ts'
import { decimalOf } from './read-decimal.ts'
import { referenceAt } from './read-text.ts'
import { note, traceLine, type UblReading } from './ubl-reading.ts'

/** Gives every line of a document a number of its own. */
export type LineNumbering = (element: XmlElement) => string

/**
 * Reads the lines of a document that have a name, up to a number of them; more are an error. A line that cannot be used
 * is left out by `map`, which says why.
 */
export const readLines = <Line>(
  reading: UblReading,
  { name, linesMax }: { readonly name: string; readonly linesMax: number },
  map: (element: XmlElement, numberOf: LineNumbering) => Line | undefined,
): Line[] => {
  const elements = childrenOf(reading.root, name)
  const beyond = elements[linesMax]
  if (beyond !== undefined) {
    note(reading, 'ubl-lines-too-many', beyond, {
      severity: 'error',
      sentence: `the document has ${elements.length} lines and at most ${linesMax} can be taken: ask the sender to split it`,
    })
    return []
  }
  checkCount(reading, elements.length)
  const numberOf = startLineNumbering(reading)
  const lines: Line[] = []
  for (const element of elements) {
    const line = map(element, numberOf)
    if (line === undefined) continue
    traceLine(reading, element, lines.length)
    lines.push(line)
  }
  return lines
}

const checkCount = (reading: UblReading, count: number): void => {
  const element = find(reading.root, 'LineCountNumeric')
  const stated = decimalOf(reading, element)
  if (element === undefined || stated === undefined || equalDecimals(stated, decimal(count))) return
  note(reading, 'ubl-line-count', element, {
    severity: 'warning',
    sentence: `the document counts ${quoted(stated)} lines where ${count} arrived: ask the sender whether something is missing`,
  })
}

const numberCharactersMax = 40

/** The lines' own numbers (ID). One that is missing, too long or used twice is replaced, since cases and links name lines by it. */
const startLineNumbering = (reading: UblReading): LineNumbering => {
  const taken = new Set<string>()
  return (element) => {
    const stated = referenceAt(reading, element, 'ID')
    const isUsable = stated !== undefined && stated.length <= numberCharactersMax
    const number = isUsable && !taken.has(stated) ? stated : freeNumber(taken)
    taken.add(number)
    if (number !== stated) noteNumber(reading, element, { stated, number })
    return number
  }
}

const freeNumber = (taken: ReadonlySet<string>): string => {
  let number = taken.size + 1
  while (taken.has(String(number))) number += 1
  return String(number)
}

const noteNumber = (
  reading: UblReading,
  element: XmlElement,
  { stated, number }: { readonly stated: string | undefined; readonly number: string },
): void =>
  note(reading, 'ubl-line-number', find(element, 'ID') ?? element, {
    severity: 'warning',
    sentence:
      stated === undefined
        ? `the line has no number and is called ${quoted(number)}: ask the sender to number the lines`
        : `the line's number ${quoted(stated)} is used before or too long, and it is called ${quoted(number)}: ask the sender to number the lines one by one`,
  })

/** Says that a document has no line; `severity` tells whether it is any use without. */
export const noteNoLines = (
  reading: UblReading,
  lines: readonly unknown[],
  { severity, sentence }: Pick<Finding, 'severity' | 'sentence'>,
): void => {
  // Lines that are there and cannot be used have said so themselves.
  if (lines.length > 0 || reading.log.hasError()) return
  note(reading, 'ubl-lines-missing', reading.root, { severity, sentence })
}

/** A line number of another document; undefined also where it is too long to be one. */
export const lineReferenceAt = (
  reading: UblReading,
  element: XmlElement | undefined,
  ...names: readonly string[]
): string | undefined => {
  const number = referenceAt(reading, element, ...names)
  if (number === undefined || number.length <= numberCharactersMax) return number
  note(reading, 'ubl-line-reference', find(element, ...names) ?? reading.root, {
    severity: 'warning',
    sentence: `${quoted(number)} is too long for a line's number: the line is looked for by its item instead`,
  })
  return undefined
}
