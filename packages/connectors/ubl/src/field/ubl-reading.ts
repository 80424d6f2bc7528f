import type { Finding, ReadContext } from '@counterfoil/core'
import type { FindingLog } from '../finding/finding-log.ts'
import type { UblSettings } from '../ubl-settings.ts'
import type { XmlElement } from '../xml/xml-element.ts'

/** All that a mapping needs while it reads one document, and where it writes down what it noticed. */
export type UblReading = {
  readonly root: XmlElement
  readonly context: ReadContext
  readonly settings: UblSettings
  readonly log: FindingLog
  /** The document's text, or what of the delivery can be read again alone. */
  readonly raw: string
  readonly deliveryKey: string
  /** Elements whose content went into the document; the others are listed at the end. */
  readonly used: Set<XmlElement>
  /** Which element a field of the document came from, by its path: `lines.3`. */
  readonly places: Map<string, XmlElement>
}

/** Writes a finding about an element. */
export const note = (
  reading: UblReading,
  rule: string,
  at: XmlElement,
  what: {
    readonly severity: Finding['severity']
    readonly sentence: string
    readonly onceFor?: string
  },
): void => reading.log.note({ rule, at, ...what })

/** Remembers which element the next line of the document comes from, so that an objection to it can be placed. */
export const traceLine = ({ places }: UblReading, element: XmlElement, lineIndex: number): void => {
  places.set(`lines.${lineIndex}`, element)
}
