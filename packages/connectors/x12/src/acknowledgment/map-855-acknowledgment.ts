import { type Acknowledgment, type CalendarDate, hashOf, type Instant } from '@counterfoil/core'
import type * as z from 'zod'
import { readDate, readInstant } from '../element/read-date.ts'
import { cutText, quoted } from '../finding/finding-log.ts'
import { checkLineCount } from '../loop/check-count.ts'
import { startLineNumbering } from '../loop/line-numbers.ts'
import { notesField, readNotes } from '../loop/notes.ts'
import { noteRelease, orderNumberOf } from '../loop/order-number.ts'
import { splitParties } from '../loop/parties.ts'
import { hasTooManyLines, splitLines } from '../loop/split-lines.ts'
import { readSupplier } from '../loop/supplier.ts'
import { documentHeader } from '../set/document-header.ts'
import { note, type SetReading, takeFirst } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import { type AcknowledgmentMeaning, acknowledgmentMeanings } from './acknowledgment-codes.ts'
import { type AcknowledgmentLineDraft, mapAcknowledgmentLine } from './map-acknowledgment-line.ts'
import { type DatePromise, readPromise } from './promised-dates.ts'

/** An acknowledgment out of an 855. Null where it cannot be one, which an error explains. */
export const mapAcknowledgment = (reading: SetReading): z.input<typeof Acknowledgment> | null => {
  const sections = splitLines(reading.set.segments, { lineId: 'PO1', summaryIds })
  const begin = takeFirst(reading, sections.header, 'BAK')
  if (begin === null) return noBeginning(reading)
  const { parties, rest } = splitParties(sections.header)
  const orderNumber = readOrderNumber(reading, begin)
  const supplier = readSupplier(reading, parties, { begin, side: 'sender' })
  const issuedAt = readIssue(reading, begin)
  if (hasTooManyLines(reading, sections.lines)) return null
  if (orderNumber === null || supplier === null || issuedAt === null) return null
  const meaning = readMeaning(reading, begin)
  const promise = readPromise(reading, rest)
  const numbering = startLineNumbering(
    reading,
    sections.lines.map(({ start }) => ({ segment: start, element: 1 })),
  )
  const { listedLines } = meaning
  const lines = sections.lines.map((line) =>
    mapAcknowledgmentLine(reading, line, { numbering, listedLines, promise }),
  )
  const totals = takeFirst(reading, sections.summary, 'CTT')
  if (totals !== null) checkLineCount(reading, totals, sections.lines.length)
  return {
    kind: 'acknowledgment',
    ...documentHeader(reading, {
      supplier,
      documentNumber: nameStatement(reading, begin, { orderNumber, issuedAt }),
      revision: 0,
      issuedAt,
      foreignId: elementText(begin, 8) || null,
    }),
    ...notesField(readNotes(reading, rest)),
    orderNumber,
    orderVersion: null,
    decision: checkDecision(reading, begin, { meaning, lines }),
    unlistedLines: reading.settings.acknowledgment.unlistedLines ?? meaning.unlistedLines,
    ...promiseForUnlisted(promise),
    lines,
  }
}

/** The segments of an 855 that stand after its lines. */
const summaryIds: ReadonlySet<string> = new Set(['CTT'])

const noBeginning = (reading: SetReading): null => {
  const [segment] = reading.set.segments
  if (segment === undefined) return null
  note(
    reading,
    'x12-beginning-missing',
    { segment },
    {
      severity: 'error',
      sentence:
        'the 855 has no BAK, so nobody can tell which order it answers: ask the sender what this is',
    },
  )
  return null
}

const orderPlace = { number: 3, release: 5 }

const readOrderNumber = (reading: SetReading, begin: Segment): string | null => {
  const orderNumber = orderNumberOf(reading, begin, orderPlace)
  noteRelease(reading, begin, { place: orderPlace, severity: 'info' })
  if (orderNumber !== '') return orderNumber
  note(
    reading,
    'x12-order-number-missing',
    { segment: begin, element: 3 },
    {
      severity: 'error',
      sentence: 'BAK names no order: ask the supplier which order is answered',
    },
  )
  return null
}

/**
 * When the supplier said it: BAK09, else the group's or the interchange's date and time, else the order
 * date it repeats in BAK04. Promises are ordered by it.
 */
const readIssue = (reading: SetReading, begin: Segment): Instant | null => {
  const own = readDate(reading, { segment: begin, element: 9 })
  if (own !== null) return readInstant(reading, own)
  const { group, interchange } = reading
  const envelope = [
    { segment: group.header, date: 4, time: 5 },
    { segment: interchange.header, date: 9, time: 10 },
    { segment: begin, date: 4, time: null },
  ]
  for (const { segment, date, time } of envelope) {
    const found = segment === null ? null : readDate(reading, { segment, element: date })
    if (segment === null || found === null) continue
    noteIssue(reading, begin, found)
    return readInstant(reading, found, time === null ? null : { segment, element: time })
  }
  note(
    reading,
    'x12-issue-date-missing',
    { segment: begin, element: 9 },
    {
      severity: 'error',
      sentence:
        'neither BAK nor the envelope has a usable date, so it cannot be told from an older answer',
    },
  )
  return null
}

const noteIssue = (reading: SetReading, begin: Segment, date: CalendarDate): void =>
  note(
    reading,
    'x12-issue-date-from-envelope',
    { segment: begin, element: 9 },
    {
      severity: 'info',
      sentence: `BAK09 does not say when the supplier answered: ${quoted(date)} is taken from around it`,
    },
  )

const readMeaning = (reading: SetReading, begin: Segment): AcknowledgmentMeaning => {
  const code = elementText(begin, 2)
  const known = acknowledgmentMeanings.get(code)
  if (known !== undefined) return known
  note(
    reading,
    'x12-acknowledgment-type-unknown',
    { segment: begin, element: 2 },
    {
      severity: 'warning',
      sentence: `acknowledgment type ${quoted(code)} is in no table of this reader: the order counts as received, and lines that are not listed as not answered`,
    },
  )
  return { decision: 'received', unlistedLines: 'unanswered', listedLines: 'accept' }
}

/** `AD` says nothing was changed and comes with refused lines all the same: the lines are believed. */
const checkDecision = (
  reading: SetReading,
  begin: Segment,
  {
    meaning,
    lines,
  }: {
    readonly meaning: AcknowledgmentMeaning
    readonly lines: readonly AcknowledgmentLineDraft[]
  },
): Acknowledgment['decision'] => {
  if (meaning.decision !== 'accepted' || lines.every(isPlainlyAccepted)) return meaning.decision
  note(
    reading,
    'x12-decision-contradicted',
    { segment: begin, element: 2 },
    {
      severity: 'warning',
      sentence: `BAK02 ${quoted(elementText(begin, 2))} takes the order without change and lines of it do not: the order counts as accepted with changes`,
    },
  )
  return 'accepted-with-changes'
}

const isPlainlyAccepted = ({ responses, wholeLine }: AcknowledgmentLineDraft): boolean =>
  [...responses, ...(wholeLine === undefined ? [] : [wholeLine])].every(
    ({ action }) => action === 'accept' || action === 'shipped' || action === 'pending',
  )

const statementCharactersMax = 60

/**
 * A number for this answer. An 855 carries none of its own: BAK08 is the supplier's order number, which
 * every answer to an order repeats. So the number is that, or the order's, with a mark made of the content
 * and the time: the same answer sent twice is one, another answer is another.
 */
const nameStatement = (
  reading: SetReading,
  begin: Segment,
  { orderNumber, issuedAt }: { readonly orderNumber: string; readonly issuedAt: Instant },
): string => {
  const base = elementText(begin, 8) || orderNumber
  const content = reading.set.segments
    .filter(({ id }) => id !== 'ST' && id !== 'SE')
    .map(({ elements }) => elements)
  const mark = hashOf([issuedAt, content]).slice(0, 10)
  return `${cutText(base, statementCharactersMax)}-${mark}`
}

const promiseForUnlisted = (promise: DatePromise | null): { unlistedPromisedDate?: CalendarDate } =>
  promise?.meaning === 'delivery' ? { unlistedPromisedDate: promise.date } : {}
