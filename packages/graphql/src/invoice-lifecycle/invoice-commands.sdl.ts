import { commonRefusals } from '../refusal/refusal.ts'
import { commandFields, resultSdl } from '../refusal/result.sdl.ts'
import { defineEnum } from '../enum/define-enum.ts'

/** What people decide about suspected duplicates. */
export const invoiceCommandEnums = [
  defineEnum('DuplicateDecision', 'Whether a suspected duplicate is one.', {
    confirmed: 'It repeats another invoice and is closed.',
    cleared: 'It does not, and is matched.',
  }),
]

/** Commands about invoices. */
export const invoiceCommandsSdl = `
extend type Mutation {
  """
  Decides whether a suspected duplicate is one.
  """
  decideDuplicate(
    """
    Which invoice, and what is decided.
    """
    input: DecideDuplicateInput!
  ): DecideDuplicateResult!
  """
  Has an invoice matched once more.
  """
  requestRematch(
    """
    Which invoice, and why.
    """
    input: RequestRematchInput!
  ): RequestRematchResult!
}

"""
Whether an invoice repeats another.
"""
input DecideDuplicateInput {
  """
  The invoice.
  """
  invoice: InvoiceReference!
  """
  Whether it does.
  """
  decision: DuplicateDecision!
  """
  Why.
  """
  reason: String!${commandFields}
}

"""
Which invoice is matched once more, and why.
"""
input RequestRematchInput {
  """
  The invoice.
  """
  invoice: InvoiceReference!
  """
  Why.
  """
  reason: String!${commandFields}
}
${resultSdl('DecideDuplicateResult', 'Invoice', commonRefusals)}${resultSdl('RequestRematchResult', 'Invoice', commonRefusals)}`
