import { Hold } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl } from '../paging/connection.sdl.ts'

/** Words about holds. */
export const holdEnums = [
  defineEnum('HoldState', 'Whether a hold stands.', {
    placed: 'It stops what it blocks.',
    'under-review': 'It stops what it blocks, and somebody looks into it.',
    released: 'It was let go, by a person or because its condition was gone.',
    converted: 'A credit, debit or reduction settled it.',
    'cancelled-with-invoice': 'It went with its invoice.',
  } satisfies Record<Hold['state'], string>),
  defineEnum('HoldScope', 'What part of an invoice a hold is about.', Hold.shape.scope.options),
  defineEnum('HoldEffect', 'What a hold stops.', Hold.shape.blocks.options),
  defineEnum('HoldRelease', 'How a hold may go.', {
    auto: 'By itself when its condition is gone, or by a person.',
    manual: 'Only a person releases it.',
    never: 'Only with the invoice.',
  } satisfies Record<Hold['releasable'], string>),
]

/** Holds. */
export const holdSdl = `
"""
Stops a posting or a payment. The same code may be placed, released and placed again; each is a hold of its own.
"""
type Hold implements Node {
  """
  Opaque id.
  """
  id: ID!
  """
  What the rules call it, such as PRICE or QTY_RECEIVED.
  """
  code: String!
  """
  What part of the invoice it is about.
  """
  scope: HoldScope!
  """
  Line number, charge code or field name inside the scope.
  """
  scopeKey: String
  """
  The invoice it stops.
  """
  invoice: Invoice
  """
  Version of that invoice, to give as \`expectedVersion\`.
  """
  version: Int
  """
  Who or what placed it.
  """
  placedBy: String!
  """
  When.
  """
  placedAt: Instant!
  """
  Why, in words.
  """
  reason: String!
  """
  What would make it go, in words for its owner.
  """
  clearedBy: String!
  """
  Posting or payment.
  """
  blocks: HoldEffect!
  """
  Whether it goes by itself, by a person, or only with the invoice.
  """
  releasable: HoldRelease!
  """
  The role it waits for.
  """
  ownerRole: String!
  """
  The case it belongs to; null for a hold placed by hand.
  """
  exception: ExceptionCase
  """
  Whether it stands.
  """
  state: HoldState!
  """
  It still stops what it blocks.
  """
  open: Boolean!
  """
  Who let it go, when, and why; null while it stands.
  """
  released: HoldReleased
}

"""
How a hold ended.
"""
type HoldReleased {
  """
  Who ended it; \`counterfoil\` when its condition was gone.
  """
  by: String!
  """
  When.
  """
  at: Instant!
  """
  Reason code.
  """
  code: String!
  """
  In words.
  """
  reason: String!
}

"""
Selects holds. What is left out lets everything pass.
"""
input HoldFilter {
  """
  Holds that stand, or those that are over; those that stand when absent.
  """
  open: Boolean
  """
  Holds that are over too.
  """
  includeClosed: Boolean
  """
  Holds that wait for this role.
  """
  ownerRole: String
  """
  Holds on invoices of this supplier.
  """
  supplier: String
  """
  Holds on invoices of this buyer organisation.
  """
  buyerOrganisation: String
  """
  Placed at or before this moment.
  """
  placedBefore: Instant
  """
  Holds of the invoice with this id.
  """
  invoice: ID
}
${connectionSdl('Hold', 'holds')}`
