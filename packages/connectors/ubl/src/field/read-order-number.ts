import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf, find } from './find-element.ts'
import { referenceAt } from './read-text.ts'
import { note, type UblReading } from './ubl-reading.ts'

/** The orders a document names in its header, each once. */
export const orderNumbersOf = (reading: UblReading): readonly string[] => [
  ...new Set(
    childrenOf(reading.root, 'OrderReference').flatMap(
      (reference) => referenceAt(reading, reference, 'ID') ?? [],
    ),
  ),
]

/** Where a line of a document belongs in an order. */
export type OrderPlace = {
  readonly orderNumber: string | undefined
  readonly reference: XmlElement | undefined
}

/**
 * The order a line names in OrderLineReference/OrderReference; else the order the document is about, where it names just
 * one. Undefined where neither says it.
 */
export const orderOfLine = (
  reading: UblReading,
  line: XmlElement,
  headerOrders: readonly string[],
): OrderPlace => {
  const references = childrenOf(line, 'OrderLineReference')
  const [reference, second] = references
  if (second !== undefined) noteSeveral(reading, second, references.length)
  const own = referenceAt(reading, reference, 'OrderReference', 'ID')
  const [only, ...others] = headerOrders
  return { orderNumber: own ?? (others.length === 0 ? only : undefined), reference }
}

const noteSeveral = (reading: UblReading, second: XmlElement, count: number): void =>
  note(reading, 'ubl-order-lines-several', second, {
    severity: 'warning',
    sentence: `the line belongs to ${count} order lines, and does not say how much to which: ${quoted(find(second.parent ?? second, 'OrderLineReference', 'LineID')?.text ?? 'the first')} is taken for all of it`,
  })
