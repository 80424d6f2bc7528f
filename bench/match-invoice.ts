import { deepStrictEqual } from 'node:assert'
import { type MatchInput, matchInvoiceUnhashed } from '@counterfoil/core'
import { matchByHand } from './match-by-hand.ts'
import { matchInputs } from './match-inputs.ts'
import { measure } from './measure.ts'

const invoicesMatched = 300

/** The match of an invoice line under the canonical rule sets, beside a matcher written by hand for just these rules. */
export function benchMatchInvoice(): void {
  const inputs = matchInputs(invoicesMatched)
  for (const input of inputs) deepStrictEqual(ourMatch(input), matchByHand(input))
  measure({
    name: 'match of an invoice line',
    operations: inputs.reduce((sum, { invoice }) => sum + invoice.lines.length, 0),
    ours: () => {
      for (const input of inputs) matchInvoiceUnhashed(input)
    },
    limit: () => {
      for (const input of inputs) matchByHand(input)
    },
    ratioMax: 3,
  })
}

function ourMatch(input: MatchInput): ReturnType<typeof matchByHand> {
  const { decision, holds, allocations } = matchInvoiceUnhashed(input)
  return {
    decision,
    holds: holds.map(({ text }) => text),
    allocations: allocations.map((part) => [
      part.invoiceLineNumber,
      part.receiptNumber,
      Number(part.quantity),
    ]),
  }
}
