import type { MatchDecision } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl, pageArguments } from '../paging/connection.sdl.ts'

/** What matches decide. */
export const matchEnums = [
  defineEnum('MatchDecision', 'What a matching attempt decided.', {
    reject: 'The invoice goes back to the supplier.',
    'suspect-duplicate': 'It may repeat another invoice; a person decides.',
    hold: 'A difference is out of tolerance.',
    'route-approval': 'Somebody with authority has to agree.',
    reduce: 'It is reduced to what was expected.',
    'match-with-warning': 'It agrees, with something to note.',
    'match-within-tolerance': 'It differs, inside tolerance.',
    match: 'It agrees.',
    'awaiting-receipt': 'It waits for goods.',
    'awaiting-resolution': 'It waits for a receiving case.',
  } satisfies Record<MatchDecision, string>),
]

/** Match results. */
export const matchSdl = `
"""
Everything one matching attempt found.
"""
type MatchResult {
  """
  The attempt's number, from 1.
  """
  attempt: Int!
  """
  What it decided: the worst of what its failed checks lead to.
  """
  decision: MatchDecision!
  """
  Every check, measured.
  """
  checks(
    """
    Only checks inside tolerance, or only those outside.
    """
    within: Boolean${pageArguments}
  ): CheckResultConnection!
  """
  Which receipts the invoice is paid from.
  """
  allocations(${pageArguments}
  ): ReceiptAllocationConnection!
  """
  What no receipt covers. At most 250.
  """
  remainders: [AllocationRemainder!]!
  """
  What would settle the differences. At most 250.
  """
  resolutions: [ProposedResolution!]!
  """
  What may be paid now when the decision is to reduce or to release partially; null when all or nothing.
  """
  payableAmount: Decimal
  """
  The rule-set versions in force.
  """
  references: [PolicyReference!]!
  """
  sha-256 of the invoice, the orders' answers and the register. The same hash and rule sets give the same result.
  """
  inputHash: String!
}

"""
One check, measured: what was expected, what was found, and how much difference is accepted.
"""
type CheckResult {
  """
  What the rule set calls it.
  """
  name: String!
  """
  What is compared, such as price.amount or qty.cumReceived.
  """
  check: String!
  """
  The invoice line; null for the invoice as a whole.
  """
  invoiceLineNumber: String
  """
  The order it was compared with.
  """
  orderNumber: String
  """
  The order's line.
  """
  orderLineNumber: String
  """
  The charge, by its code.
  """
  code: String
  """
  The total, by its name.
  """
  field: String
  """
  The difference, if there was any, is inside what is accepted.
  """
  within: Boolean!
  """
  What was expected.
  """
  expected: Decimal
  """
  What was found.
  """
  actual: Decimal
  """
  Found less expected.
  """
  variance: Decimal
  """
  The difference in percent, 4 digits; null where the base is 0.
  """
  percent: Decimal
  """
  What a difference in quantity is worth.
  """
  varianceAmount: Decimal
  """
  What the check answers in words where it has no number.
  """
  answer: String
  """
  How much difference is accepted.
  """
  tolerance: Tolerance!
  """
  What it leads to; null when within.
  """
  effect: ExceedEffect
  """
  The hold it places; null when it places none.
  """
  holdCode: String
  """
  The case it opens; null when it opens none.
  """
  exceptionCode: ExceptionCode
  """
  The difference between the documents.
  """
  discrepancy: Discrepancy
  """
  What was compared with what, and how it came out, in words.
  """
  sentence: String!
  """
  Why it was checked, and why that much is accepted. At most 250.
  """
  policy: [PolicyDecision!]!
}

"""
So much of an invoice line is covered by that receipt line, in the order line's unit.
"""
type ReceiptAllocation {
  """
  The invoice line.
  """
  invoiceLineNumber: String!
  """
  The order.
  """
  orderNumber: String!
  """
  The order's line.
  """
  orderLineNumber: String!
  """
  The receipt.
  """
  receiptNumber: String!
  """
  The receipt's line.
  """
  receiptLineNumber: String!
  """
  How much.
  """
  quantity: Decimal!
}

"""
So much of an invoice line is covered by no receipt, in the order line's unit.
"""
type AllocationRemainder {
  """
  The invoice line.
  """
  invoiceLineNumber: String!
  """
  The order.
  """
  orderNumber: String!
  """
  The order's line.
  """
  orderLineNumber: String!
  """
  How much.
  """
  quantity: Decimal!
}

"""
What would settle a difference.
"""
type ProposedResolution {
  """
  The way, such as credit-request or receipt-correction.
  """
  action: String!
  """
  The invoice line; null for the invoice as a whole.
  """
  invoiceLineNumber: String
  """
  How much of it.
  """
  quantity: Decimal
  """
  What that is worth.
  """
  amount: Decimal
  """
  Of a reduction: the credit memo posted with the full invoice.
  """
  creditMemoAmount: Decimal
}
${connectionSdl('CheckResult', 'checks', { counted: true })}${connectionSdl('ReceiptAllocation', 'allocations', { counted: true })}`
