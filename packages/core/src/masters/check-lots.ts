import type { CalendarDate } from '../calendar/calendar-date.ts'
import { daysBetween } from '../calendar/calendar-days.ts'
import type { LotOrSerial } from '../ship-notice/ship-notice.ts'
import type { MasterFinding } from './master-check.ts'
import type { MasterItem } from './master-file.ts'

/** The lots, serial numbers and shelf life the master asks of an article, beside those a line names on a day. */
export function checkLots(
  { item, lotControlled, serialControlled, shelfLifeDaysMin }: MasterItem,
  {
    line,
    lots,
    on,
    said,
  }: {
    readonly line: string
    readonly lots: readonly LotOrSerial[]
    /** The day from which on the goods have to keep. */
    readonly on: CalendarDate
    /** How the line came to name them. */
    readonly said: 'announced' | 'counted'
  },
): readonly MasterFinding[] {
  const lotless = lotControlled && !lots.some(({ lot }) => lot !== undefined)
  const serialless = serialControlled && !lots.some(({ serial }) => serial !== undefined)
  const short =
    shelfLifeDaysMin === null
      ? []
      : lots.flatMap(({ lot, expiryDate }) => {
          if (expiryDate === undefined) return []
          const days = daysBetween(on, expiryDate)
          return days >= shelfLifeDaysMin ? [] : [{ lot, expiryDate, days }]
        })
  return [
    ...(lotless
      ? [
          finding(
            'lot-missing',
            line,
            `line ${line}: article \`${item}\` is kept by lot, and no lot was ${said}`,
          ),
        ]
      : []),
    ...(serialless
      ? [
          finding(
            'serial-missing',
            line,
            `line ${line}: article \`${item}\` is kept by serial number, and none was ${said}`,
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
