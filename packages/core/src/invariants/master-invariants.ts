import { TradeDocument } from '../document/document.ts'
import { MasterCheck } from '../masters/master-check.ts'
import { businessDayOf } from '../masters/business-day.ts'
import type { World } from '../world/world.ts'
import type { Breach } from './invariant.ts'

/**
 * INV-24: a document is held against the master of its own business day, by rows that were in force on it. Read from the
 * log, where the look-ups stand beside the document.
 */
export function lookedUpDates(world: World): readonly Breach[] {
  return world.log.flatMap((event) => {
    if (event.data['masters'] === undefined) return []
    const check = MasterCheck.safeParse(event.data['masters'])
    const document = TradeDocument.safeParse(event.data['document'])
    const place = `${event.aggregate.kind}:${event.aggregate.key}`
    if (!check.success) return [{ place, sentence: `${event.type} looked up nobody knows what` }]
    // Looked up again without the document: the days it was looked up for are those of the first time.
    const day = document.success ? businessDayOf(document.data) : null
    return check.data.lookUps.flatMap(({ table, key, on, basis, row, ...period }) => {
      const { effectiveFrom = '', effectiveTo = '9999-12-31' } = period
      const isOther = day !== null && (day.on !== on || day.basis !== basis)
      const isOut = row !== null && (on < effectiveFrom || effectiveTo < on)
      const what = `${table} \`${key}\``
      return [
        ...(isOther
          ? [
              {
                place,
                sentence: `${what} was looked up for ${on} by ${basis}, and the document is of ${day.on} by ${day.basis}`,
              },
            ]
          : []),
        ...(isOut
          ? [{ place, sentence: `${what} was answered by a row that is not in force on ${on}` }]
          : []),
      ]
    })
  })
}
