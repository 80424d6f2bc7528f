import { daysBetween } from '../calendar/calendar-days.ts'
import type { Receipt } from '../receipt/receipt.ts'
import { checkLineItem } from './check-line-item.ts'
import type { LookUps } from './look-ups.ts'
import type { MasterFinding } from './master-check.ts'
import type { MasterItem } from './master-file.ts'

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
    return [...findings, ...checkLots(receipt, line, item)]
  })
}

function checkLots(
  { receivedDate }: Receipt,
  { documentLineNumber: line, lots }: Receipt['lines'][number],
  { item, lotControlled, serialControlled, shelfLifeDaysMin }: MasterItem,
): readonly MasterFinding[] {
  const lotless = lotControlled && !lots.some(({ lot }) => lot !== undefined)
  const serialless = serialControlled && !lots.some(({ serial }) => serial !== undefined)
  const short =
    shelfLifeDaysMin === null
      ? []
      : lots.flatMap(({ lot, expiryDate }) => {
          if (expiryDate === undefined) return []
          const days = daysBetween(receivedDate, expiryDate)
          return days >= shelfLifeDaysMin ? [] : [{ lot, expiryDate, days }]
        })
  return [
    ...(lotless
      ? [
          finding(
            'lot-missing',
            line,
            `line ${line}: article \`${item}\` is kept by lot, and no lot was counted`,
          ),
        ]
      : []),
    ...(serialless
      ? [
          finding(
            'serial-missing',
            line,
            `line ${line}: article \`${item}\` is kept by serial number, and none was counted`,
          ),
        ]
      : []),
    ...short.map(({ lot, expiryDate, days }) =>
      finding(
        'shelf-life-short',
        line,
        `line ${line}: ${lot === undefined ? 'goods' : `lot \`${lot}\``} of \`${item}\` can be kept ${days} days, until ${expiryDate}; ${shelfLifeDaysMin ?? 0} are asked for`,
      ),
    ),
  ]
}

function finding(rule: MasterFinding['rule'], line: string, sentence: string): MasterFinding {
  return { rule, severity: 'error', line, sentence: sentence.slice(0, 400) }
}
