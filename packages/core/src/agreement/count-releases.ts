import type { CalendarDate } from '../calendar/calendar-date.ts'
import { compareInstants } from '../calendar/instant.ts'
import type { Decimal } from '../decimal/decimal.ts'
import {
  addFigures,
  compareFigures,
  divideFigures,
  type Figure,
  figureOf,
  multiplyFigures,
  readFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import { factorOf, findConversion } from '../quantity/unit-conversion.ts'
import type { CountedNotice, ReleaseCounted, ReleaseLine } from './agreement-messages.ts'
import { type AgreementFacts, currentAgreement } from './agreement-state.ts'
import type { AgreementLine, PurchaseAgreement } from './purchase-agreement.ts'

/** One line of a release beside the line of the agreement it takes from, in its place among all releases. */
export type PlacedRelease = {
  readonly release: ReleaseCounted
  readonly line: ReleaseLine
  /** Null where it means no line of the agreement, or none in a unit that leads to the agreement's. */
  readonly agreed: AgreementLine | null
  /** One of the release's unit in the agreement line's; null where no conversion is recorded. */
  readonly factor: Figure | null
  /** Released of the line before it, in the agreement line's unit. */
  readonly quantityBefore: Figure
  /** In the agreement line's unit. */
  readonly quantity: Figure
  readonly amountBefore: Figure
  /** Null where the release is in another currency, or priced by a weight nobody stated. */
  readonly amount: Figure | null
  /** Released over all lines before it. */
  readonly totalBefore: Figure
}

/** The sums of one line of an agreement, in its unit and the agreement's currency. Null: no limit. */
export type AgreementLineSums = {
  readonly agreementLineNumber: string
  readonly quantityReleased: Decimal
  readonly quantityLeft: Decimal | null
  readonly amountReleased: Decimal
  readonly amountLeft: Decimal | null
  readonly quantityReceived: Decimal
  readonly quantityInvoiced: Decimal
  readonly amountInvoiced: Decimal
  /** Counted on from release to release since `from`: what was ordered firmly for a day since, counted, and announced. */
  readonly cumulative: {
    readonly from: CalendarDate
    readonly ordered: Decimal
    readonly received: Decimal
    readonly shipped: Decimal
  }
}

/** What was released of an agreement so far. */
export type AgreementSums = {
  readonly lines: readonly AgreementLineSums[]
  readonly amountReleased: Decimal
  /** Null where the agreement as a whole has no limit. */
  readonly amountLeft: Decimal | null
  readonly amountInvoiced: Decimal
}

/**
 * Every line of every release in its place: the release ordered first takes first, of several of one day the one with the
 * lower number. When a release was heard of is no matter, so any order of arrival comes to the same.
 */
export function placeReleases(facts: AgreementFacts): readonly PlacedRelease[] {
  const agreement = currentAgreement(facts)
  if (agreement === null) return []
  const quantities = new Map<string, Figure>()
  const amounts = new Map<string, Figure>()
  let total = zeroFigure
  return inOrder(facts.releases).flatMap((release) =>
    release.lines.map((line): PlacedRelease => {
      const agreed = lineMeant(agreement, line)
      const factor = agreed === null ? null : factorTo(agreed, line, release.releasedOn)
      const quantity =
        factor === null ? zeroFigure : multiplyFigures(readFigure(line.quantityReleased), factor)
      const isSameMoney = release.currency === agreement.currency
      const amount =
        isSameMoney && line.amountReleased !== null ? readFigure(line.amountReleased) : null
      const number = agreed?.agreementLineNumber ?? ''
      const quantityBefore = quantities.get(number) ?? zeroFigure
      const amountBefore = amounts.get(number) ?? zeroFigure
      const totalBefore = total
      quantities.set(number, addFigures(quantityBefore, quantity))
      amounts.set(number, addFigures(amountBefore, amount ?? zeroFigure))
      total = addFigures(total, amount ?? zeroFigure)
      const before = { quantityBefore, amountBefore, totalBefore }
      return { release, line, agreed, factor, quantity, amount, ...before }
    }),
  )
}

function inOrder(releases: AgreementFacts['releases']): readonly ReleaseCounted[] {
  return Object.values(releases).toSorted(
    (a, b) =>
      compareTexts(a.releasedOn, b.releasedOn) || compareTexts(a.orderNumber, b.orderNumber),
  )
}

function compareTexts(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The line a release names, else the only one of its article. */
export function lineMeant(
  { lines }: PurchaseAgreement,
  { agreementLineNumber, item }: ReleaseLine,
): AgreementLine | null {
  if (agreementLineNumber !== null) {
    return lines.find((line) => line.agreementLineNumber === agreementLineNumber) ?? null
  }
  const alike = lines.filter((line) => isSameItem(line.item, item))
  return alike.length === 1 ? (alike[0] ?? null) : null
}

/** True where both are called by one number; a number only one of them has says nothing. */
export function isSameItem(a: AgreementLine['item'], b: AgreementLine['item']): boolean {
  if (a.buyerItem !== undefined && b.buyerItem !== undefined) return a.buyerItem === b.buyerItem
  if (a.gtin !== undefined && b.gtin !== undefined) return a.gtin === b.gtin
  return a.supplierItem !== undefined && a.supplierItem === b.supplierItem
}

function factorTo(agreed: AgreementLine, line: ReleaseLine, on: CalendarDate): Figure | null {
  const steps = findConversion({
    conversions: agreed.unitConversions,
    item: agreed.item.buyerItem ?? null,
    from: line.unitOfMeasure,
    to: agreed.unitOfMeasure,
    on,
  })
  if (steps === null) return null
  const { numerator, denominator } = factorOf(steps)
  return divideFigures(figureOf(numerator), figureOf(denominator))
}

/** The day cumulative quantities are counted from: as agreed, or as a planner began them anew since. */
export function cumulativeFrom(facts: AgreementFacts, agreement: PurchaseAgreement): CalendarDate {
  const agreed = agreement.cumulativeFrom ?? agreement.validFrom
  return facts.resetFrom !== null && facts.resetFrom > agreed ? facts.resetFrom : agreed
}

/** What was released, received and billed of an agreement, and what is left; null before it is known. */
export function sumAgreement(facts: AgreementFacts): AgreementSums | null {
  const agreement = currentAgreement(facts)
  if (agreement === null) return null
  const placed = placeReleases(facts)
  const from = cumulativeFrom(facts, agreement)
  const amountOf = ({ amount }: PlacedRelease): Figure => amount ?? zeroFigure
  const released = sumOf(placed, amountOf)
  return {
    lines: agreement.lines.map((line) => sumLine(line, placed, { from, agreement })),
    amountReleased: writeFigure(released),
    amountLeft: left(agreement.amountLimit, released),
    amountInvoiced: writeFigure(sumOf(placed, (one) => invoicedOf(one, agreement))),
  }
}

function sumLine(
  line: AgreementLine,
  placed: readonly PlacedRelease[],
  { from, agreement }: { readonly from: CalendarDate; readonly agreement: PurchaseAgreement },
): AgreementLineSums {
  const own = placed.filter(
    ({ agreed }) => agreed?.agreementLineNumber === line.agreementLineNumber,
  )
  const quantity = sumOf(own, (one) => one.quantity)
  const amount = sumOf(own, (one) => one.amount ?? zeroFigure)
  const since = (dated: { readonly date: CalendarDate | null }) =>
    dated.date === null || dated.date >= from
  const dated = (read: (line: ReleaseLine) => ReleaseLine['planned']) =>
    sumOf(own, (one) =>
      inAgreed(
        one,
        sumOf((read(one.line) ?? []).filter(since), (of) => readFigure(of.quantity)),
      ),
    )
  return {
    agreementLineNumber: line.agreementLineNumber,
    quantityReleased: writeFigure(quantity),
    quantityLeft: left(line.quantityAgreed, quantity),
    amountReleased: writeFigure(amount),
    amountLeft: left(line.amountLimit, amount),
    quantityReceived: writeFigure(
      sumOf(own, (one) => inAgreed(one, readFigure(one.line.quantityReceived))),
    ),
    quantityInvoiced: writeFigure(
      sumOf(own, (one) => inAgreed(one, readFigure(one.line.quantityInvoiced))),
    ),
    amountInvoiced: writeFigure(sumOf(own, (one) => invoicedOf(one, agreement))),
    cumulative: {
      from,
      ordered: writeFigure(dated(({ planned }) => planned)),
      received: writeFigure(dated(({ received }) => received)),
      shipped: writeFigure(shippedSince(own, from)),
    },
  }
}

/** What the supplier announced of a line since a day, up to and with one of its notices where given. */
export function shippedSince(
  own: readonly PlacedRelease[],
  from: CalendarDate,
  until?: CountedNotice,
): Figure {
  return sumOf(own, (one) =>
    inAgreed(
      one,
      sumOf(
        (one.line.notices ?? []).filter(
          (notice) => dayOfIssue(notice) >= from && (until === undefined || isUpTo(notice, until)),
        ),
        ({ quantity }) => readFigure(quantity),
      ),
    ),
  )
}

/** True for a notice issued before another, of one moment by number, and for the other itself. */
export function isUpTo(notice: CountedNotice, until: CountedNotice): boolean {
  const order = compareInstants(notice.issuedAt, until.issuedAt)
  return order === 0 ? notice.documentNumber <= until.documentNumber : order < 0
}

function inAgreed({ factor }: PlacedRelease, quantity: Figure): Figure {
  return factor === null ? zeroFigure : multiplyFigures(quantity, factor)
}

function invoicedOf({ release, line }: PlacedRelease, agreement: PurchaseAgreement): Figure {
  return release.currency === agreement.currency ? readFigure(line.amountInvoiced) : zeroFigure
}

function left(limit: Decimal | undefined, used: Figure): Decimal | null {
  return limit === undefined ? null : writeFigure(subtractFigures(readFigure(limit), used))
}

/** How much of a limit a release goes beyond that no release before it did. */
export function excessOf(limit: Figure, before: Figure, own: Figure): Figure {
  const after = addFigures(before, own)
  const from = compareFigures(before, limit) > 0 ? before : limit
  const over = subtractFigures(after, from)
  return compareFigures(over, zeroFigure) > 0 ? over : zeroFigure
}

function sumOf<Item>(items: readonly Item[], read: (item: Item) => Figure): Figure {
  return items.map(read).reduce(addFigures, zeroFigure)
}
