import type { Policy, PolicyFacts } from '../policy/policy.ts'
import type { CheckFinding } from './check-finding.ts'
import { absoluteFigure, writeFigure } from './figure.ts'
import type { WantedException } from './match-result.ts'
import { holdTextOf } from './wanted-holds.ts'

/** A check that was made, together with the facts of its line, which the routing rules see too. */
export type MadeFinding = { readonly finding: CheckFinding; readonly facts: PolicyFacts }

/** The cases failed checks want opened, one for each code and place, and the desk that gets each. */
export function wantedExceptions(
  made: readonly MadeFinding[],
  lineCount: number,
  policy: Policy,
): readonly WantedException[] {
  const wanted = new Map<string, WantedException>()
  for (const one of made) {
    const exception = wantedException(one, lineCount, policy)
    if (exception === null) continue
    const { code, invoiceLineNumber, orderLineNumber, chargeCode, field } = exception
    const key = JSON.stringify([code, invoiceLineNumber, orderLineNumber, chargeCode, field])
    if (wanted.has(key) || isSaidOnLine(exception, wanted.values())) continue
    wanted.set(key, exception)
  }
  return [...wanted.values()]
}

/** What is wrong with the invoice as a whole and with its only line, under one hold, is one case: that of the line. */
function isSaidOnLine(
  { code, holdText, invoiceLineNumber }: WantedException,
  others: Iterable<WantedException>,
): boolean {
  if (holdText === null || invoiceLineNumber !== null) return false
  return [...others].some((other) => other.code === code && other.holdText === holdText)
}

function wantedException(
  { finding, facts }: MadeFinding,
  lineCount: number,
  policy: Policy,
): WantedException | null {
  const { result, effect } = finding
  const code = result.exceptionCode
  if (code === null || effect === null) return null
  const { value, decision } = policy.routing({
    ...facts,
    exception: {
      code,
      effect: result.effect,
      check: result.check,
      subject: { aggregate: 'invoice' },
      exposure: exposureOf(finding),
      blocksPayment: effect === 'hold' || effect === 'reject' || effect === 'duplicate',
    },
    discrepancy: result.discrepancy,
  })
  // A charge is on the invoice, whichever line its plan was worked out for.
  const isCharge = result.code !== null
  return {
    code,
    invoiceLineNumber: isCharge ? null : result.invoiceLineNumber,
    orderNumber: result.orderNumber,
    orderLineNumber: isCharge ? null : result.orderLineNumber,
    chargeCode: result.code,
    field: result.field,
    holdText: holdTextOf(finding, lineCount),
    discrepancy: result.discrepancy,
    sentence: result.sentence,
    route: value,
    policy: decision,
  }
}

/** Money at stake: the variance in money, or the value of a variance in quantity. */
function exposureOf({ measurement, place }: CheckFinding) {
  if (measurement.kind !== 'measured') return null
  const { unit, variance, varianceAmount } = measurement
  const amount = unit.kind === 'money' ? variance : varianceAmount
  if (amount === null) return null
  const { currency } = place.header.invoice
  return { amount: writeFigure(absoluteFigure(amount), place.header.amountPlaces), currency }
}
