import { contentHashOf } from '../document/document-content-hash.ts'
import { compareInstants, type Instant } from '../calendar/instant.ts'
import { compareNumbers } from '../purchase-order/delivery-order.ts'
import type { DocumentStamp, LineFacts, OrderFacts } from './order-facts.ts'
import { noLineFacts } from './order-facts.ts'
import { type ArrivedDocument, stampDocument } from './stamp-document.ts'

/** Which lines a message says something about; `all` where it may be about any. */
export type TouchedLines = 'all' | readonly string[]

/** What a message adds to the facts, or why it adds nothing. */
export type Recording =
  | { readonly kind: 'recorded'; readonly facts: OrderFacts; readonly touched: TouchedLines }
  | { readonly kind: 'duplicate'; readonly sentence: string }
  | { readonly kind: 'parked'; readonly reason: string; readonly sentence: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly sentence: string }

/** Facts with a document's stamp in them, and whether its content counts. */
export type Stamped = {
  readonly facts: OrderFacts
  /** False for a superseded revision and for the losing content of a conflict: known, and of no effect. */
  readonly counts: boolean
  /** Something was recorded under this number before and has to go. */
  readonly replaces: boolean
}

/** A document as far as its number, revision and content are concerned. */
export type NumberedDocument = {
  readonly documentNumber: string
  readonly revision: number
  readonly issuedAt: Instant
}

/** Enters a document under its key; null for one that came before with the same content. */
export function stampInto(
  facts: OrderFacts,
  documentKey: string,
  document: NumberedDocument,
): Stamped | null {
  const { revision, issuedAt } = document
  return stampTextInto(facts, documentKey, { revision, issuedAt, hash: contentHashOf(document) })
}

/** Enters a text of a document, known by its hash, under the document's key; null for one that came before. */
export function stampTextInto(
  facts: OrderFacts,
  documentKey: string,
  arrived: ArrivedDocument,
): Stamped | null {
  const known = facts.documents[documentKey]
  const stamping = stampDocument(known, arrived)
  if (stamping.kind === 'duplicate') return null
  const documents = { ...facts.documents, [documentKey]: stamping.stamp }
  const conflicts = conflictsWith(facts.conflicts, documentKey, stamping.stamp)
  return {
    facts: { ...facts, documents, conflicts },
    counts: stamping.kind === 'stands',
    replaces: known !== undefined && stamping.kind === 'stands',
  }
}

function conflictsWith(
  conflicts: readonly string[],
  documentKey: string,
  stamp: DocumentStamp,
): readonly string[] {
  const isConflict = stamp.rivals !== undefined && stamp.rivals.length > 0
  if (isConflict === conflicts.includes(documentKey)) return conflicts
  return isConflict
    ? [...conflicts, documentKey].toSorted(compareTexts)
    : conflicts.filter((key) => key !== documentKey)
}

/** Texts by code unit, the same on every machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The facts of one line, or of what fits no line where the number is null. */
export function lineFactsOf(facts: OrderFacts, orderLineNumber: string | null): LineFacts {
  return orderLineNumber === null ? facts.unplaced : (facts.lines[orderLineNumber] ?? noLineFacts)
}

/** Puts the facts of one line in the place of what was known of it. */
export function withLineFacts(
  facts: OrderFacts,
  orderLineNumber: string | null,
  lineFacts: LineFacts,
): OrderFacts {
  return orderLineNumber === null
    ? { ...facts, unplaced: lineFacts }
    : { ...facts, lines: { ...facts.lines, [orderLineNumber]: lineFacts } }
}

/** Adds a fact to each of many lines at once: of a document of thousands of lines the facts are copied once. */
export function addLineFacts<Fact>(
  facts: OrderFacts,
  added: Iterable<{ readonly place: string | null; readonly fact: Fact }>,
  add: (known: LineFacts, fact: Fact) => LineFacts,
): OrderFacts {
  const lines: Record<string, LineFacts> = { ...facts.lines }
  let { unplaced } = facts
  for (const { place, fact } of added) {
    if (place === null) unplaced = add(unplaced, fact)
    else lines[place] = add(lines[place] ?? noLineFacts, fact)
  }
  return { ...facts, lines, unplaced }
}

/** Changes what is known of every line, and of what fits none; a line nothing is known of any more is left out. */
export function mapLineFacts(
  facts: OrderFacts,
  change: (line: LineFacts) => LineFacts,
): OrderFacts {
  const lines = Object.entries(facts.lines).flatMap(([number, line]): [string, LineFacts][] => {
    const changed = change(line)
    return isEmpty(changed) ? [] : [[number, changed]]
  })
  return { ...facts, lines: Object.fromEntries(lines), unplaced: change(facts.unplaced) }
}

function isEmpty({ answers, shipped, received, inspected, consumed = [] }: LineFacts): boolean {
  const lists = [answers, shipped, received, inspected, consumed]
  return lists.every(({ length }) => length === 0)
}

/** A list with one more fact in its place. Most facts come in order, so the place is looked for from the end. */
export function insertFact<Fact>(
  list: readonly Fact[],
  fact: Fact,
  compare: (a: Fact, b: Fact) => number,
): Fact[] {
  let index = list.length
  while (index > 0) {
    const before = list[index - 1]
    if (before === undefined || compare(before, fact) <= 0) break
    index -= 1
  }
  return [...list.slice(0, index), fact, ...list.slice(index)]
}

/** Documents by issue time, then number: the canonical order of everything that is told more than once. */
export function byIssue(
  a: { readonly issuedAt: Instant; readonly documentNumber: string },
  b: { readonly issuedAt: Instant; readonly documentNumber: string },
): number {
  return (
    compareInstants(a.issuedAt, b.issuedAt) || compareNumbers(a.documentNumber, b.documentNumber)
  )
}
