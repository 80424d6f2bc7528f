import type { ItemNumbers } from '../element/item-numbers.ts'
import { cutText } from '../finding/finding-log.ts'
import { type SetReading, takeReference } from '../set/set-reading.ts'
import type { Segment } from '../syntax/segment.ts'

const lineNumberCharactersMax = 40

/**
 * The order's line number where a document names it as such: an item number pair `PL`, or a REF `LI` or
 * `FJ`. It beats the number a line carries for itself. Null where it is not named.
 */
export const takeLineReference = (
  reading: SetReading,
  numbers: ItemNumbers,
  below: readonly Segment[],
): string | null => {
  const named = numbers.get('PL')?.value ?? takeReference(reading, below, ['LI', 'FJ'])
  return named === null ? null : cutText(named, lineNumberCharactersMax)
}
