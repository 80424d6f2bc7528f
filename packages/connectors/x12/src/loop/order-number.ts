import { cutText, quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'

/** The elements of an order's number and of its release number: BEG 3 and 4, BAK 3 and 5, PRF 1 and 2, BIG 4 and 5. */
export type OrderNumberPlace = { readonly number: number; readonly release: number }

const orderNumberCharactersMax = 80

/**
 * The order a segment names; empty where it names none. A release of a blanket order has the blanket's
 * number and one of its own; where the settings say so, both together are the order's number.
 */
export const orderNumberOf = (
  { settings }: SetReading,
  segment: Segment,
  { number, release }: OrderNumberPlace,
): string => {
  const stated = elementText(segment, number)
  const isJoined = settings.orderReleases === 'joined' && hasElement(segment, release)
  return cutText(
    stated === '' || !isJoined ? stated : `${stated}-${elementText(segment, release)}`,
    orderNumberCharactersMax,
  )
}

/** Says so where a release number is left out of the order's number. */
export const noteRelease = (
  reading: SetReading,
  segment: Segment,
  { place, severity }: { readonly place: OrderNumberPlace; readonly severity: 'info' | 'warning' },
): void => {
  const { release } = place
  if (reading.settings.orderReleases === 'joined' || !hasElement(segment, release)) return
  note(
    reading,
    'x12-release-number',
    { segment, element: release },
    {
      severity,
      sentence: `release ${quoted(elementText(segment, release))} is not part of the order's number here: set \`orderReleases\` to \`joined\` where each release is an order of its own`,
    },
  )
}
