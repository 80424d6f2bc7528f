import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import { checkLineItem } from './check-line-item.ts'
import { checkLots } from './check-lots.ts'
import type { LookUps } from './look-ups.ts'
import type { MasterFinding } from './master-check.ts'

/**
 * The articles and units of a ship notice, with the lots, serials and shelf life the master asks for on the day the goods
 * are to come. A notice that is withdrawn announces nothing.
 */
export function checkNoticeLines(lookUps: LookUps, notice: ShipNotice): readonly MasterFinding[] {
  if (notice.purpose === 'cancel') return []
  return notice.lines.flatMap(({ documentLineNumber: line, item: named, unitOfMeasure, lots }) => {
    const asked = { line, named, unitOfMeasure, isOrdering: false }
    const { item, findings } = checkLineItem(lookUps, asked)
    if (item === null) return findings
    const on = notice.estimatedDeliveryDate ?? lookUps.day.on
    return [...findings, ...checkLots(item, { line, lots, on, said: 'announced' })]
  })
}
