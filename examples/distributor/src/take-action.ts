import {
  invoiceKey,
  MessageData,
  messageData,
  orderKey,
  type AggregateReference,
} from '@counterfoil/core'
import type { Command, Runtime } from '@counterfoil/runtime'
import * as z from 'zod'
import { buyerOrganisation, headOffice, tenant } from './distributor.ts'

/** What somebody at a desk does, as its file says it. */
const Action = z.strictObject({
  /** Who does it: one of our people, or, as `supplier-user`, one of the supplier's, in the portal. */
  actor: z.strictObject({
    kind: z.enum(['user', 'supplier-user']).default('user'),
    id: z.string(),
    roles: z.array(z.string()),
  }),
  about: z.union([
    z.strictObject({ order: z.string() }),
    z.strictObject({ supplier: z.string(), invoice: z.string() }),
    z.strictObject({ quarantined: z.string() }),
  ]),
  type: z.string(),
  data: MessageData.default({}),
  /** The open case, hold, proposed change, dispute, offer or approval that is meant, by what a person calls it. */
  case: z.string().optional(),
  hold: z.string().optional(),
  change: z.literal('latest').optional(),
  dispute: z.literal('latest').optional(),
  /** The offer on the table of that dispute. */
  offer: z.literal('latest').optional(),
  /** The approval that was asked for last and waits. */
  approval: z.literal('latest').optional(),
  /** For a mended document: the words that were wrong and the right ones. */
  replace: z.tuple([z.string(), z.string()]).optional(),
  note: z.string().optional(),
})
type Action = z.infer<typeof Action>

/** The changes that wait in the state of an order. */
const Changes = z.looseObject({
  standing: z.looseObject({
    changes: z.array(z.looseObject({ changeId: z.string(), state: z.string() })),
  }),
})

/** Changes somebody may still decide: those that wait, and those that fell for want of a decision. */
const waiting: ReadonlySet<string> = new Set(['pending-decision', 'expired'])

/** The disputes in the state of an invoice. */
const Disputes = z.looseObject({
  facts: z.looseObject({
    disputes: z.array(
      z.looseObject({
        disputeId: z.string(),
        offers: z.array(z.looseObject({ offerId: z.string() })).default([]),
      }),
    ),
  }),
})

/** The approvals in the state of an invoice. */
const Approvals = z.looseObject({
  facts: z.looseObject({
    approvals: z.array(z.looseObject({ approvalId: z.string(), state: z.string() })),
  }),
})

/** Approvals somebody may still decide. */
const undecided: ReadonlySet<string> = new Set(['requested', 'delegated', 'escalated'])

/** Carries out what a person decided; a repeat has no effect. Answers what became of it. */
export async function takeAction(runtime: Runtime, name: string, text: string): Promise<string> {
  const action = Action.parse(JSON.parse(text))
  const header = {
    tenant,
    actor: action.actor,
    idempotencyKey: `desk/${name}`,
  }
  const command =
    'quarantined' in action.about
      ? await repair(runtime, action)
      : await decide(runtime, action, referenceOf(action.about))
  if (command === null) return 'already done'
  const answer = await runtime.act({ ...header, ...command })
  return answer.outcome === 'applied' ? 'done' : `${answer.outcome}: ${answer.sentence}`
}

type Headless<Full> = Full extends unknown
  ? Omit<Full, 'tenant' | 'actor' | 'idempotencyKey'>
  : never

function referenceOf(
  about: Exclude<Action['about'], { readonly quarantined: string }>,
): AggregateReference {
  const owner = { tenant, buyerOrganisation }
  if ('order' in about) {
    return { kind: 'order', key: orderKey({ ...owner, orderNumber: about.order }) }
  }
  const key = invoiceKey({
    ...owner,
    supplier: about.supplier,
    documentNumber: about.invoice,
    invoiceType: 'standard',
  })
  return { kind: 'invoice', key }
}

async function decide(
  runtime: Runtime,
  action: Action,
  aggregate: AggregateReference,
): Promise<Headless<Command> | null> {
  const names = await nameIds(runtime, action, aggregate)
  if (names === null) return null
  // Whoever enters an invoice by hand says whose hours run its clocks, as a delivery's are looked up.
  const hours = action.type === 'invoice.received' ? { calendars: { buyer: headOffice } } : {}
  return {
    aggregate,
    type: action.type,
    data: messageData({ ...action.data, ...names, ...hours }),
    expectedVersion: null,
  }
}

/** The ids of what the action is about; null when it is open no longer. */
async function nameIds(
  { queries }: Runtime,
  action: Action,
  aggregate: AggregateReference,
): Promise<MessageData | null> {
  if (action.case !== undefined) {
    const { rows } = await queries.exceptions({ tenant, aggregate })
    const found = rows.find(({ code }) => code === action.case)
    return found === undefined ? null : { exceptionId: found.exceptionId }
  }
  if (action.hold !== undefined) {
    const { rows } = await queries.holds({ tenant, aggregate })
    const found = rows.find(({ code }) => code === action.hold)
    return found === undefined ? null : { holdId: found.holdId }
  }
  if (action.change === 'latest') {
    const detail = await queries.aggregate({ tenant, reference: aggregate })
    const { standing } = Changes.parse(detail?.state)
    const found = standing.changes.findLast(({ state }) => waiting.has(state))
    return found === undefined ? null : { changeId: found.changeId }
  }
  if (action.dispute === 'latest') {
    const detail = await queries.aggregate({ tenant, reference: aggregate })
    const found = Disputes.parse(detail?.state).facts.disputes.at(-1)
    if (found === undefined) return null
    const offerId = action.offer === 'latest' ? found.offers.at(-1)?.offerId : undefined
    return { disputeId: found.disputeId, ...(offerId !== undefined && { offerId }) }
  }
  if (action.approval === 'latest') {
    const detail = await queries.aggregate({ tenant, reference: aggregate })
    const { approvals } = Approvals.parse(detail?.state).facts
    const found = approvals.findLast(({ state }) => undecided.has(state))
    return found === undefined ? null : { approvalId: found.approvalId }
  }
  return {}
}

/** A mended text in the place of one that could not be read. */
async function repair({ queries }: Runtime, action: Action): Promise<Headless<Command> | null> {
  const { rows } = await queries.quarantined({ tenant, state: 'quarantined' })
  const [wrong, right] = action.replace ?? ['', '']
  const found = rows.find(({ raw }) => wrong !== '' && raw.includes(wrong))
  if (found === undefined) return null
  return {
    type: 'quarantine.repaired',
    quarantineId: found.quarantineId,
    body: found.raw.replace(wrong, right),
    note: action.note ?? '',
  }
}
