import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { localDateOf } from '../calendar/time-zone.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { measureAmount, measureText } from '../discrepancy/measure-discrepancy.ts'
import type { ExceptionCase, ExceptionCode } from '../exception/exception.ts'
import {
  addFigures,
  compareFigures,
  divideFigures,
  type Figure,
  isZeroFigure,
  multiplyFigures,
  readFigure,
  writeFigure,
} from '../match/figure.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { LinePrice } from '../purchase-order/order-line.ts'
import type { CountedNotice } from './agreement-messages.ts'
import { type AgreementFacts, currentAgreement } from './agreement-state.ts'
import {
  cumulativeFrom,
  excessOf,
  isSameItem,
  isUpTo,
  type PlacedRelease,
  placeReleases,
  shippedSince,
} from './count-releases.ts'
import type { AgreementLine, PurchaseAgreement } from './purchase-agreement.ts'

/** Something about a release, or about the cumulative quantity of a line, that is not as agreed. */
export type AgreementFinding = {
  /** Names the measure: another measure is another finding. */
  readonly key: string
  readonly code: ExceptionCode
  /** The release line it is about; null for what is counted over all releases. */
  readonly orderNumber: string | null
  readonly orderLineNumber: string | null
  readonly agreementLineNumber: string | null
  readonly discrepancy: Discrepancy | null
  readonly sentence: string
  /** What is billed of the release line waits until it is settled. */
  readonly stopsBilling: boolean
  /** To be held against the tolerances first; what is not is out of tolerance as it is. */
  readonly isJudged: boolean
  readonly exposure: ExceptionCase['exposure']
}

/** Everything about the releases and counts that is not as agreed, in the order of the releases. */
export function findOverreach(facts: AgreementFacts): readonly AgreementFinding[] {
  const before = found.get(facts)
  if (before !== undefined) return before
  const findings = lookAt(facts)
  found.set(facts, findings)
  return findings
}

// Asked several times of the same facts, which never change.
const found = new WeakMap<AgreementFacts, readonly AgreementFinding[]>()

function lookAt(facts: AgreementFacts): readonly AgreementFinding[] {
  const agreement = currentAgreement(facts)
  if (agreement === null) return []
  const placed = placeReleases(facts)
  return [
    ...placed.flatMap((one) => ofRelease(one, agreement, facts)),
    ...agreement.lines.flatMap((line) => cumulativeGap(line, placed, { agreement, facts })),
  ]
}

function ofRelease(
  placed: PlacedRelease,
  agreement: PurchaseAgreement,
  facts: AgreementFacts,
): readonly AgreementFinding[] {
  // A release that was given up or is only a forecast takes nothing.
  if (isZeroFigure(readFigure(placed.line.quantityReleased))) return []
  const misplaced = misplacement(placed, agreement)
  if (misplaced !== null) return [misplaced]
  return [
    ...outsideValidity(placed, agreement, facts),
    ...overQuantity(placed),
    ...overAmount(placed, agreement),
    ...otherPrice(placed, agreement),
  ]
}

/** What cannot be counted against the agreement at all. */
function misplacement(
  placed: PlacedRelease,
  agreement: PurchaseAgreement,
): AgreementFinding | null {
  const { release, line, agreed, factor, amount } = placed
  const about = (code: ExceptionCode, what: string, sentence: string) =>
    finding(placed, { key: what, code, sentence, stopsBilling: true })
  if (release.supplier !== agreement.supplier) {
    const sentence = `it is ordered from ${release.supplier}, the agreement is with ${agreement.supplier}`
    return about('WRONG_PO', `supplier/${release.supplier}`, sentence)
  }
  if (release.currency !== agreement.currency) {
    const sentence = `it is in ${release.currency}, the agreement in ${agreement.currency}`
    return about('CURRENCY_MISMATCH', `currency/${release.currency}`, sentence)
  }
  if (agreed === null) {
    const named = line.agreementLineNumber
    const sentence =
      named === null
        ? 'its article is in no line of the agreement, or in several'
        : `the agreement has no line ${named}`
    return about('UNMATCHED_LINE', `line/${named ?? ''}`, sentence)
  }
  if (isOtherItem(agreed, placed)) {
    const sentence = `it is for another article than line ${agreed.agreementLineNumber} of the agreement`
    return about('UNMATCHED_LINE', `item/${agreed.agreementLineNumber}`, sentence)
  }
  if (factor === null) {
    const sentence = `no conversion leads from ${line.unitOfMeasure} to ${agreed.unitOfMeasure} of the agreement`
    return about('UOM_CHANGE', `unit/${line.unitOfMeasure}`, sentence)
  }
  if (amount !== null || !isMoneyLimited(agreed, agreement)) return null
  const sentence = 'it is priced by a weight it does not state, so what it costs cannot be counted'
  return about('MISSING_DATA', 'weight', sentence)
}

function isOtherItem(agreed: AgreementLine, { line }: PlacedRelease): boolean {
  const isNamed = (['buyerItem', 'gtin', 'supplierItem'] as const).some(
    (name) => agreed.item[name] !== undefined && line.item[name] !== undefined,
  )
  return isNamed && !isSameItem(agreed.item, line.item)
}

function isMoneyLimited(line: AgreementLine, agreement: PurchaseAgreement): boolean {
  return line.amountLimit !== undefined || agreement.amountLimit !== undefined
}

function outsideValidity(
  placed: PlacedRelease,
  { validFrom, validTo, documentNumber }: PurchaseAgreement,
  { closing, calendar }: AgreementFacts,
): readonly AgreementFinding[] {
  const { releasedOn, orderNumber } = placed.release
  const { orderLineNumber } = placed.line
  const { timeZone } = calendar ?? officeHours
  const closedOn = closing === null ? null : localDateOf(instant(closing.at), timeZone)
  const isClosed = closedOn !== null && releasedOn > closedOn
  if (releasedOn >= validFrom && releasedOn <= validTo && !isClosed) return []
  const good = isClosed ? `closed on ${closedOn}` : `good from ${validFrom} to ${validTo}`
  const place = {
    documentNumber: orderNumber,
    documentLineNumber: orderLineNumber,
    orderNumber: documentNumber,
    orderLineNumber: placed.agreed?.agreementLineNumber ?? null,
    scheduleNumber: null,
  }
  const expected = isClosed ? closedOn : releasedOn < validFrom ? validFrom : validTo
  return [
    finding(placed, {
      key: `validity/${releasedOn}/${expected}`,
      code: 'BLANKET_EXPIRED',
      sentence: `it was ordered on ${releasedOn}, and the agreement was ${good}`,
      stopsBilling: true,
      discrepancy: measureText('blanket-expired', place, { expected, actual: releasedOn }),
    }),
  ]
}

function overQuantity(placed: PlacedRelease): readonly AgreementFinding[] {
  const { agreed, quantity, quantityBefore } = placed
  if (agreed?.quantityAgreed === undefined) return []
  const over = excessOf(readFigure(agreed.quantityAgreed), quantityBefore, quantity)
  if (isZeroFigure(over)) return []
  const unit = agreed.unitOfMeasure
  const after = writeFigure(addFigures(quantityBefore, quantity))
  return [
    finding(placed, {
      key: `quantity/${writeFigure(over)}`,
      code: 'BLANKET_AMOUNT_EXCEEDED',
      sentence: `with it ${after} ${unit} are released of ${agreed.quantityAgreed} agreed: ${writeFigure(over)} ${unit} too many`,
      stopsBilling: true,
    }),
  ]
}

/** Beyond the limit of its line, of the agreement, or of both: the larger of the two is one finding. */
function overAmount(
  placed: PlacedRelease,
  agreement: PurchaseAgreement,
): readonly AgreementFinding[] {
  const { agreed, amount, amountBefore, totalBefore } = placed
  if (agreed === null || amount === null) return []
  const limits = [
    { limit: agreed.amountLimit, before: amountBefore, of: `line ${agreed.agreementLineNumber}` },
    { limit: agreement.amountLimit, before: totalBefore, of: 'the agreement' },
  ]
  const overs = limits.flatMap(({ limit, before, of }) => {
    if (limit === undefined) return []
    const over = excessOf(readFigure(limit), before, amount)
    return isZeroFigure(over) ? [] : [{ limit, after: addFigures(before, amount), over, of }]
  })
  const [worst] = overs.toSorted((a, b) => compareFigures(b.over, a.over))
  if (worst === undefined) return []
  const { currency } = agreement
  const over = writeFigure(worst.over, 2)
  const after = writeFigure(worst.after, 2)
  return [
    finding(placed, {
      key: `amount/${over}`,
      code: 'BLANKET_AMOUNT_EXCEEDED',
      sentence: `with it ${after} ${currency} are released on the limit of ${worst.limit} of ${worst.of}: ${over} ${currency} too much`,
      stopsBilling: true,
      discrepancy: measureAmount('blanket-amount-exceeded', placeOf(placed, agreement), {
        expected: worst.limit,
        actual: after,
        currency,
      }),
      exposure: { amount: over, currency },
    }),
  ]
}

/** The price a release begins at: that of the highest scale reached by what was released before it. */
export function agreedPriceOf(line: AgreementLine, quantityBefore: Figure): LinePrice | null {
  let best: { readonly from: Figure; readonly price: LinePrice } | null = null
  for (const { fromQuantity, price } of line.priceScales ?? []) {
    const from = readFigure(fromQuantity)
    const isReached = compareFigures(quantityBefore, from) >= 0
    if (isReached && (best === null || compareFigures(from, best.from) > 0)) best = { from, price }
  }
  return best?.price ?? line.price ?? null
}

/** The price of a release against the agreed one, for as much as the agreement's price is for. */
function otherPrice(
  placed: PlacedRelease,
  agreement: PurchaseAgreement,
): readonly AgreementFinding[] {
  const { agreed, line, quantityBefore } = placed
  const price = agreed === null ? null : agreedPriceOf(agreed, quantityBefore)
  if (agreed === null || price === null) return []
  if (price.perUnitOfMeasure !== line.price.perUnitOfMeasure) {
    const sentence = `its price is per ${line.price.perUnitOfMeasure}, the agreed one per ${price.perUnitOfMeasure}`
    const key = `price-unit/${line.price.perUnitOfMeasure}`
    return [finding(placed, { key, code: 'PRICE_UNIT_MISMATCH', sentence, stopsBilling: false })]
  }
  const actual = divideFigures(
    multiplyFigures(readFigure(line.price.amount), readFigure(price.perQuantity)),
    readFigure(line.price.perQuantity),
  )
  if (compareFigures(actual, readFigure(price.amount)) === 0) return []
  const { currency } = agreement
  const discrepancy = measureAmount('price-change', placeOf(placed, agreement), {
    expected: price.amount,
    actual: writeFigure(actual),
    currency,
  })
  const per = `per ${price.perQuantity} ${price.perUnitOfMeasure}`
  return [
    {
      ...finding(placed, {
        key: `price/${price.amount}/${writeFigure(actual)}`,
        code: 'PRICE_CHANGE',
        sentence: `its price is ${writeFigure(actual, 2)} ${currency} ${per}, the agreed one ${price.amount}`,
        stopsBilling: false,
        discrepancy,
      }),
      isJudged: true,
    },
  ]
}

function placeOf({ release, line, agreed }: PlacedRelease, agreement: PurchaseAgreement) {
  return {
    documentNumber: release.orderNumber,
    documentLineNumber: line.orderLineNumber,
    orderNumber: agreement.documentNumber,
    orderLineNumber: agreed?.agreementLineNumber ?? null,
    scheduleNumber: null,
  }
}

function finding(
  { release, line, agreed }: PlacedRelease,
  what: Pick<AgreementFinding, 'key' | 'code' | 'sentence' | 'stopsBilling'> &
    Partial<Pick<AgreementFinding, 'discrepancy' | 'exposure'>>,
): AgreementFinding {
  const { orderNumber } = release
  const { orderLineNumber } = line
  return {
    discrepancy: null,
    exposure: null,
    ...what,
    key: `${orderNumber}/${orderLineNumber}/${what.key}`,
    sentence: `release ${orderNumber}, line ${orderLineNumber}: ${what.sentence}`,
    orderNumber,
    orderLineNumber,
    agreementLineNumber: agreed?.agreementLineNumber ?? null,
    isJudged: false,
  }
}

/** What the supplier's last notice says it shipped in all, beside what its notices come to here. */
function cumulativeGap(
  line: AgreementLine,
  placed: readonly PlacedRelease[],
  { agreement, facts }: { readonly agreement: PurchaseAgreement; readonly facts: AgreementFacts },
): readonly AgreementFinding[] {
  const own = placed.filter(
    ({ agreed }) => agreed?.agreementLineNumber === line.agreementLineNumber,
  )
  const from = cumulativeFrom(facts, agreement)
  const last = lastCounted(own, from)
  if (last === null) return []
  const { notice, stated } = last
  const known = shippedSince(own, from, notice)
  const sign = compareFigures(stated, known)
  if (sign === 0) return []
  const [said, here] = [writeFigure(stated), writeFigure(known)]
  const unit = line.unitOfMeasure
  const what =
    sign > 0
      ? 'a notice of goods it counts has not come'
      : 'goods are counted here that it does not count'
  return [
    {
      key: `cumulative/${line.agreementLineNumber}/${notice.documentNumber}/${said}/${here}`,
      code: sign > 0 ? 'MISSING_ASN' : 'ASN_DUPLICATE',
      orderNumber: null,
      orderLineNumber: null,
      agreementLineNumber: line.agreementLineNumber,
      discrepancy: null,
      sentence: `line ${line.agreementLineNumber}: ship notice ${notice.documentNumber} says ${said} ${unit} were shipped since ${from}, here they are ${here}: ${what}`,
      stopsBilling: false,
      isJudged: false,
      exposure: null,
    },
  ]
}

/** The last notice since a day that states a cumulative quantity, and that quantity in the agreement line's unit. */
function lastCounted(
  own: readonly PlacedRelease[],
  from: string,
): { readonly notice: CountedNotice; readonly stated: Figure } | null {
  let last: { readonly notice: CountedNotice; readonly stated: Figure } | null = null
  for (const { line, factor } of own) {
    for (const notice of line.notices ?? []) {
      const { quantityCumulative } = notice
      if (quantityCumulative === undefined || factor === null || dayOfIssue(notice) < from) continue
      if (last !== null && isUpTo(notice, last.notice)) continue
      last = { notice, stated: multiplyFigures(readFigure(quantityCumulative), factor) }
    }
  }
  return last
}
