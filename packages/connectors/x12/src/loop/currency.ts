import { type Currency, isCurrency } from '@counterfoil/core'
import { quoted } from '../finding/finding-log.ts'
import { note, type SetReading, takeFirst } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'

/**
 * The document's currency: CUR02, else the connection's. X12 often leaves it out; it is never guessed from
 * the country. Null, with an error, where neither names one.
 */
export const readCurrency = (
  reading: SetReading,
  header: readonly Segment[],
  begin: Segment,
): Currency | null => {
  const segment = takeFirst(reading, header, 'CUR', (one) => hasElement(one, 2))
  const stated = segment === null ? '' : elementText(segment, 2).toUpperCase()
  if (isCurrency(stated)) return stated
  if (segment !== null) {
    note(
      reading,
      'x12-currency-unknown',
      { segment, element: 2 },
      {
        severity: 'error',
        sentence: `${quoted(stated)} is not an ISO 4217 currency: ask the sender which one the amounts are in`,
      },
    )
    return null
  }
  const usual = reading.context.currency ?? ''
  if (isCurrency(usual)) return usual
  note(
    reading,
    'x12-currency-missing',
    { segment: begin },
    {
      severity: 'error',
      sentence: 'the document names no currency: give the connection one, or ask for CUR',
    },
  )
  return null
}
