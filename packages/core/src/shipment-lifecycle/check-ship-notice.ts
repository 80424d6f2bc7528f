import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { measureText } from '../discrepancy/measure-discrepancy.ts'
import type { ShipNotice, ShipNoticeLine } from '../ship-notice/ship-notice.ts'

/**
 * What is wrong with a ship notice by itself, whatever was ordered: handling units named twice or not at all, container
 * codes that cannot be right, lots without a number, goods that expire before they arrive, no day at all. The dock cannot
 * receive by scanning what this finds.
 */
export function checkShipNotice(notice: ShipNotice): readonly Discrepancy[] {
  return [
    ...packFindings(notice),
    ...notice.lines.flatMap((line) => lineFindings(notice, line)),
    ...dayFindings(notice),
  ]
}

function packFindings(notice: ShipNotice): readonly Discrepancy[] {
  const { packs } = notice
  const named = new Set(packs.map(({ packId }) => packId))
  const twice = [
    ...repeated(packs.map(({ packId }) => packId)),
    ...repeated(packs.flatMap(({ sscc }) => (sscc === undefined ? [] : [sscc]))),
  ]
  return [
    ...twice.map((pack) =>
      finding('duplicate-pack', notice, null, `handling unit ${pack} is named twice`),
    ),
    ...packs
      .filter(({ sscc }) => sscc !== undefined && !hasCheckDigit(sscc))
      .map(({ sscc }) =>
        incomplete(notice, null, `container code ${sscc ?? ''} has a wrong check digit`),
      ),
    ...packs
      .filter(({ parentPackId }) => parentPackId !== undefined && !named.has(parentPackId))
      .map(({ packId, parentPackId }) =>
        incomplete(
          notice,
          null,
          `handling unit ${packId} is in ${parentPackId ?? ''}, which is not named`,
        ),
      ),
  ]
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

/** GS1 check digit of an 18-digit serial shipping container code: weights 3 and 1 from the right. */
function hasCheckDigit(sscc: string): boolean {
  const digits = Array.from(sscc, Number)
  const sum = digits
    .slice(0, -1)
    .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10 === digits.at(-1)
}

function lineFindings(notice: ShipNotice, line: ShipNoticeLine): readonly Discrepancy[] {
  const { packId, lots } = line
  const isPackUnknown = packId !== undefined && !notice.packs.some((pack) => pack.packId === packId)
  const arrival = notice.estimatedDeliveryDate ?? notice.shipDate
  return [
    ...(isPackUnknown
      ? [incomplete(notice, line, `handling unit ${packId} is not named in the notice`)]
      : []),
    ...lots
      .filter(({ lot, serial }) => lot === undefined && serial === undefined)
      .map(() => incomplete(notice, line, 'a lot has neither a lot number nor a serial number')),
    ...lots
      .filter(
        ({ expiryDate }) => expiryDate !== undefined && arrival !== null && expiryDate < arrival,
      )
      .map(({ lot, serial, expiryDate }) =>
        incomplete(
          notice,
          line,
          `lot ${lot ?? serial ?? ''} expires on ${expiryDate ?? ''}, before it arrives`,
        ),
      ),
  ]
}

function dayFindings(notice: ShipNotice): readonly Discrepancy[] {
  if (notice.estimatedDeliveryDate !== null || notice.shipDate !== null) return []
  return [incomplete(notice, null, 'neither the day it leaves nor the day it arrives is named')]
}

function incomplete(notice: ShipNotice, line: ShipNoticeLine | null, actual: string): Discrepancy {
  return finding('incomplete-ship-notice', notice, line, actual)
}

function finding(
  kind: 'incomplete-ship-notice' | 'duplicate-pack',
  notice: ShipNotice,
  line: ShipNoticeLine | null,
  actual: string,
): Discrepancy {
  const place = {
    documentNumber: notice.documentNumber,
    documentLineNumber: line?.documentLineNumber ?? null,
    orderNumber: line?.orderNumber ?? null,
    orderLineNumber: line?.orderLineNumber ?? null,
    scheduleNumber: line?.scheduleNumber ?? null,
  }
  return measureText(kind, place, { expected: null, actual })
}
