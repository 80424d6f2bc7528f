import type { Receipt } from '../receipt/receipt.ts'
import { checkLineItem } from './check-line-item.ts'
import { checkLots } from './check-lots.ts'
import type { LookUps } from './look-ups.ts'
import type { MasterFinding } from './master-check.ts'

/** The articles and units of a count, with the lots, serials and shelf life the master asks for. */
export function checkReceiptLines(lookUps: LookUps, receipt: Receipt): readonly MasterFinding[] {
  return receipt.lines.flatMap((line) => {
    const { item, findings } = checkLineItem(lookUps, {
      line: line.documentLineNumber,
      named: line.item,
      unitOfMeasure: line.unitOfMeasure,
      isOrdering: false,
    })
    // Goods that go back were checked when they came.
    if (item === null || receipt.receiptType !== 'receipt') return findings
    return [
      ...findings,
      ...checkLots(item, {
        line: line.documentLineNumber,
        lots: line.lots,
        on: receipt.receivedDate,
        said: 'counted',
      }),
    ]
  })
}
