import { invoiceTotal } from '../invoice/invoice-total.ts'
import type { CheckFinding } from './check-finding.ts'
import type { InvoiceContext, LinkedLine, Measured } from './check.ts'
import { compareNumbering } from './compare-numbering.ts'
import {
  absoluteFigure,
  addFigures,
  compareFigures,
  divideFigures,
  type Figure,
  isZeroFigure,
  minFigure,
  multiplyFigures,
  readFigure,
  roundFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from './figure.ts'
import { sumOfAmounts } from './invoice-tax.ts'
import { quantityOf, valueOf } from './line-price.ts'
import type { ProposedResolution } from './match-result.ts'
import { netAmountOf } from './order-line-ledger.ts'
import { resolutionActions } from './resolution-actions.ts'

/** What would settle the failed checks: a reduction of the line where the policy reduces, else the usual step. */
export function proposeResolutions(
  failed: readonly CheckFinding[],
  header: InvoiceContext,
): readonly ProposedResolution[] {
  const isReducing = ({ effect }: CheckFinding) => effect === 'reduce'
  const reduced = header.linked.flatMap((line) => {
    const here = failed.filter((finding) => isReducing(finding) && isOfLine(finding, line))
    const reduction = here.length === 0 ? null : reduceLine(line, here)
    return reduction === null ? [] : [reduction]
  })
  const charges = failed.filter(
    (finding) => isReducing(finding) && finding.result.invoiceLineNumber === null,
  )
  const others = failed.filter((finding) => !isReducing(finding) && isLastOfShared(finding, header))
  return [
    ...reduced,
    ...charges.flatMap((finding) => reduceHeader(finding)),
    ...others.map(usualStep).filter((resolution) => resolution !== null),
  ]
}

/** A variance of several lines together is settled once, on the last of them. */
function isLastOfShared(
  { measurement, result }: CheckFinding,
  { linked }: InvoiceContext,
): boolean {
  if (measurement.kind !== 'measured' || !measurement.isShared) return true
  const own = result.invoiceLineNumber ?? ''
  const line = linked.find(({ invoiceLine }) => invoiceLine.documentLineNumber === own)
  return !(line?.siblings ?? []).some(
    ({ documentLineNumber }) => compareNumbering(documentLineNumber, own) > 0,
  )
}

function isOfLine({ result }: CheckFinding, { invoiceLine }: LinkedLine): boolean {
  return result.invoiceLineNumber === invoiceLine.documentLineNumber
}

/**
 * Pays what the failed checks leave standing: the quantity they accept at the billed price, or at the
 * order's where the price is what failed. The full invoice is posted with a credit memo for the rest;
 * null where there is no rest, because another line gives way.
 */
function reduceLine(line: LinkedLine, failed: readonly CheckFinding[]): ProposedResolution | null {
  const billed = quantityOf(line)
  const amount = netAmountOf(line.invoiceLine)
  let accepted = billed
  let isPriceWrong = false
  for (const { measurement } of failed) {
    if (measurement.kind !== 'measured') continue
    if (measurement.unit.kind === 'quantity') {
      accepted = minFigure(
        accepted,
        atLeastZero(subtractFigures(billed, excessOn(line, measurement))),
      )
    } else isPriceWrong = true
  }
  const payable = roundToCurrency(payableFor(line, accepted, isPriceWrong) ?? amount, line.header)
  const credit = subtractFigures(amount, payable)
  if (isZeroFigure(credit) && compareFigures(accepted, billed) === 0) return null
  const { amountPlaces } = line.header
  return {
    action: 'reduce-invoice',
    invoiceLineNumber: line.invoiceLine.documentLineNumber,
    quantity: writeFigure(subtractFigures(billed, accepted)),
    amount: writeFigure(credit, amountPlaces),
    creditMemoAmount: writeFigure(credit, amountPlaces),
    quantityPosted: writeFigure(accepted),
    supplierNotice: 'complaint',
  }
}

/** What of a variance falls on the line: where several lines were counted together, the last ones give way first. */
function excessOn(line: LinkedLine, { variance, isShared }: Measured): Figure {
  if (!isShared) return variance
  const own = line.invoiceLine.documentLineNumber
  const later = line.siblings.filter(
    ({ documentLineNumber }) => compareNumbering(documentLineNumber, own) > 0,
  )
  return later.reduce(
    (left, invoiceLine) => atLeastZero(subtractFigures(left, quantityOf({ ...line, invoiceLine }))),
    variance,
  )
}

function payableFor(line: LinkedLine, quantity: Figure, isPriceWrong: boolean): Figure | null {
  if (isPriceWrong) return valueOf(line, quantity)
  const billed = quantityOf(line)
  if (isZeroFigure(billed)) return null
  return divideFigures(multiplyFigures(netAmountOf(line.invoiceLine), quantity), billed)
}

/** A charge or total is reduced to what was expected. */
function reduceHeader({ measurement, result, place }: CheckFinding): readonly ProposedResolution[] {
  if (measurement.kind !== 'measured' || measurement.unit.kind !== 'money') return []
  const credit = atLeastZero(measurement.variance)
  const amount = writeFigure(credit, place.header.amountPlaces)
  return [
    {
      action: 'reduce-invoice',
      invoiceLineNumber: result.invoiceLineNumber,
      quantity: null,
      amount,
      creditMemoAmount: amount,
      quantityPosted: null,
      supplierNotice: 'complaint',
    },
  ]
}

function usualStep({ result, measurement, place }: CheckFinding): ProposedResolution | null {
  if (result.exceptionCode === null) return null
  const action = resolutionActions[result.exceptionCode]
  if (action === undefined) return null
  const none: ProposedResolution = {
    action,
    invoiceLineNumber: result.invoiceLineNumber,
    quantity: null,
    amount: null,
    creditMemoAmount: null,
    quantityPosted: null,
    supplierNotice: null,
  }
  if (measurement.kind !== 'measured') return none
  const { unit, variance, varianceAmount } = measurement
  const size = absoluteFigure(variance)
  const { amountPlaces } = place.header
  switch (unit.kind) {
    case 'quantity': {
      const value = varianceAmount === null ? null : billedValueOf(size, place.header, result)
      const shown = value ?? varianceAmount
      return {
        ...none,
        quantity: writeFigure(size),
        amount: shown === null ? null : writeAmount(absoluteFigure(shown), place.header),
      }
    }
    case 'money':
      return { ...none, amount: writeFigure(size, amountPlaces) }
    case 'accounting-money':
    case 'days':
    case 'ratio':
      return none
  }
}

/** What the supplier asked for so many units: that is what a credit has to give back. */
function billedValueOf(
  quantity: Figure,
  { linked }: InvoiceContext,
  { invoiceLineNumber }: CheckFinding['result'],
): Figure | null {
  const line = linked.find((one) => one.invoiceLine.documentLineNumber === invoiceLineNumber)
  return line === undefined ? null : payableFor(line, quantity, false)
}

/** What is to be paid of the invoice when its reductions are made: its total less the credit memos. */
export function payableAfterReduction(
  resolutions: readonly ProposedResolution[],
  header: InvoiceContext,
): ProposedResolution['amount'] {
  const credits = resolutions.flatMap(({ creditMemoAmount }) =>
    creditMemoAmount === null ? [] : [{ amount: creditMemoAmount }],
  )
  const payable = atLeastZero(
    subtractFigures(readFigure(invoiceTotal(header.invoice).amount), sumOfAmounts(credits)),
  )
  return writeFigure(payable, header.amountPlaces)
}

/** What may be paid when only lines without a hold are released; null where the whole invoice is held. */
export function payableOfFreeLines(
  failed: readonly CheckFinding[],
  header: InvoiceContext,
): ProposedResolution['amount'] {
  const held = new Set(failed.map(({ result }) => result.invoiceLineNumber))
  if (held.has(null)) return null
  const free = header.linked.filter(({ invoiceLine }) => !held.has(invoiceLine.documentLineNumber))
  if (free.length === 0) return null
  const payable = free.reduce(
    (sum, { invoiceLine }) => addFigures(sum, netAmountOf(invoiceLine)),
    zeroFigure,
  )
  return writeFigure(payable, header.amountPlaces)
}

function atLeastZero(value: Figure): Figure {
  return signOfFigure(value) < 0 ? zeroFigure : value
}

function roundToCurrency(value: Figure, { amountPlaces, roundingMode }: InvoiceContext): Figure {
  return roundFigure(value, amountPlaces, roundingMode)
}

function writeAmount(value: Figure, header: InvoiceContext): ProposedResolution['amount'] {
  return writeFigure(roundToCurrency(value, header), header.amountPlaces)
}
