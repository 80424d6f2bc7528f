import type { Actor, AggregateKind } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'

/** Who or what an actor can be, and what an aggregate can be. */
export const actorEnums = [
  defineEnum('ActorKind', 'Who or what acts.', {
    user: 'A person of the buyer.',
    'supplier-user': 'A person of the supplier, in the portal.',
    system: 'Counterfoil itself: what follows without anybody asking.',
    connector: 'The connection a document came in by.',
    ai: 'A program that decides by a model; never an approver of record.',
  } satisfies Record<Actor['kind'], string>),
  defineEnum('ActorAssurance', 'How sure the host is who an actor is.', {
    low: 'A name somebody gave.',
    substantial: 'A sign-in.',
    high: 'A sign-in with a second factor.',
  } satisfies Record<NonNullable<Actor['assurance']>, string>),
  defineEnum('AggregateKind', 'What decides and is stored as one.', {
    order: 'An order with its lines and schedules.',
    shipment: 'A shipment with its ship notice and milestones.',
    invoice: 'An invoice with its match, holds and payments.',
    agreement: 'An agreement with its lines and releases.',
  } satisfies Record<AggregateKind, string>),
]

/** Actors and references. */
export const actorSdl = `
"""
Who or what did something.
"""
type Actor {
  """
  Person, system, connection or model.
  """
  kind: ActorKind!
  """
  Name or number in the host's own directory.
  """
  id: String!
  """
  For whom it was done, where that is somebody else.
  """
  onBehalfOf: String
  """
  Roles held at that moment.
  """
  roles: [String!]!
  """
  How sure the host was who it is; null where it did not say.
  """
  assurance: ActorAssurance
}

"""
Names an order, a shipment or an invoice.
"""
type AggregateReference {
  """
  Which of the three.
  """
  kind: AggregateKind!
  """
  Its key: tenant, buyer organisation and its numbers, joined by slashes.
  """
  key: String!
}
`
