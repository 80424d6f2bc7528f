import {
  type Actor,
  type ApprovalRequirement,
  type InvoiceState,
  instant,
  invoiceAggregate,
  invoiceKey,
  money,
  type Policy,
} from '@counterfoil/core'
import { answerFromDirectory, AuthorityDirectory } from '@counterfoil/core/authority'
import {
  anInvoice,
  anInvoiceLine,
  anOrderLine,
  anOrderSchedule,
  aPolicy,
  aPolicyReference,
  aPurchaseOrder,
} from '@counterfoil/core/examples'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createRuntime } from '../create-runtime.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'

const tenant = 'acme'
const person = (id: string): Actor => ({ kind: 'user', id, roles: [] })

/** Ordered: 1000 pieces at 12.40, 12400.00 EUR. Billed: 1000 at 24.40, 24400.00 EUR. That is 12000.00 too much. */
const order = aPurchaseOrder({
  lines: [
    anOrderLine({
      quantityOrdered: '1000',
      schedules: [anOrderSchedule({ quantityOrdered: '1000' })],
    }),
  ],
})
const invoice = anInvoice({
  lines: [
    anInvoiceLine({
      quantity: '1000',
      price: { amount: '24.40', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
      amount: '24400.00',
    }),
  ],
})
const key = invoiceKey(invoice)

/** Over 10000: the head of purchasing within a working day of nine hours, else the finance director is called. */
const matrix: ApprovalRequirement = {
  outcome: 'needed',
  fourEyes: false,
  steps: [
    {
      roles: ['head-of-purchasing'],
      mode: 'any',
      dueBusinessHours: 9,
      escalateToRole: 'finance-director',
    },
  ],
}

const policy: Policy = {
  ...aPolicy({
    matching: ({ line }) => ({
      checks:
        line === null
          ? []
          : [
              {
                name: 'price',
                check: 'price-amount',
                holdCode: 'PRICE',
                onExceed: 'route-approval',
                parameters: {},
              },
            ],
    }),
  }),
  approval: () => ({
    value: matrix,
    decision: {
      reference: aPolicyReference,
      firedRules: ['over-10000'],
      because: ['the head of purchasing decides over 10000 EUR'],
      facts: {},
    },
  }),
}

/** Heidi is away until 11 December. Dora and Paula decide for her meanwhile; Paula is the one who enters invoices. */
const directory = AuthorityDirectory.parse({
  holders: [
    { person: 'paula', role: 'accounts-payable' },
    { person: 'heidi', role: 'head-of-purchasing' },
    { person: 'fiona', role: 'finance-director' },
  ],
  roles: [
    { role: 'accounts-payable', actions: ['invoice.received'], limit: null },
    {
      role: 'head-of-purchasing',
      decisionTypes: ['accept-variance'],
      limit: money('25000', 'EUR'),
    },
    { role: 'finance-director', limit: null },
  ],
  delegations: ['dora', 'paula'].map((to) => ({
    delegationId: `heidi-${to}`,
    from: 'heidi',
    to,
    decisionTypes: ['accept-variance'],
    exposureMax: money('24400', 'EUR'),
    validFrom: '2026-12-01',
    validTo: '2026-12-11',
    reason: 'on holiday',
  })),
})

/** The invoice, entered by Paula on Tuesday 1 December at nine, matched, and asked about. */
async function theInvoiceEntered() {
  const clock = createVirtualClock('2026-12-01T09:00:00Z')
  const store = createMemoryStore()
  const runtime = createRuntime({
    store,
    policies: { pick: () => policy },
    connectors: [],
    clock,
    authority: (question) => answerFromDirectory(directory, question),
  })
  const say = async (type: string, by: Actor, data: object) => {
    const answer = await runtime.act({
      tenant,
      aggregate: { kind: 'invoice', key },
      type,
      data: data as never,
      actor: by,
      expectedVersion: null,
      idempotencyKey: `${type}/${by.id}/${clock.now()}`,
    })
    await runtime.tick()
    return answer
  }
  await runtime.receive({
    tenant,
    buyerOrganisation: '0001',
    connection: 'erp',
    timeZone: 'UTC',
    document: order,
    channel: 'api',
    deliveryKey: 'erp/1',
    contentHash: 'a'.repeat(64),
  } as never)
  await runtime.tick()
  await say('invoice.received', person('paula'), { document: invoice })
  const reference = { kind: 'invoice' as const, key }
  const facts = async () => {
    const found = await runtime.queries.aggregate({ tenant, reference })
    if (found === null) throw new Error('the invoice did not come in')
    return (found.state as InvoiceState).facts
  }
  const [approval] = (await facts()).approvals
  const answer = (type: string, who: string, data: object = {}) =>
    say(type, person(who), { approvalId: approval?.approvalId ?? '', ...data })
  const events = async () =>
    (await store.events({ tenant, aggregates: [reference], limit: 200 })).rows
  return { runtime, clock, facts, answer, events, store }
}

describe('a variance of 12000 EUR while the head of purchasing is on holiday', () => {
  it('is asked of the head of purchasing, by the rules of the day, until the next morning', async () => {
    const { facts } = await theInvoiceEntered()
    expect((await facts()).match?.result.checks.find(({ within }) => !within)).toMatchObject({
      variance: '12000.00',
    })
    expect((await facts()).approvals).toMatchObject([
      {
        state: 'requested',
        exposure: money('24400.00', 'EUR'),
        approverRole: 'head-of-purchasing',
        policy: { firedRules: ['over-10000'] },
        // Tuesday 9:00 and nine working hours of 8 to 17.
        progress: { step: 1, dueAt: '2026-12-02T09:00:00Z' },
      },
    ])
  })

  it('is escalated when the step is due, decided by the delegate, and never by who entered it (R-30)', async () => {
    const { runtime, clock, facts, answer, events } = await theInvoiceEntered()
    clock.advanceTo('2026-12-02T09:00:00Z')
    await runtime.tick()
    expect((await facts()).approvals).toMatchObject([
      { state: 'escalated', progress: { escalatedTo: ['finance-director'] } },
    ])
    expect(await answer('invoice.approved', 'paula')).toEqual({
      outcome: 'refused',
      reason: 'duty-conflict',
      sentence:
        '`paula` did `enter-invoice` in this case, so somebody else does `approve-invoice`: nobody approves what they entered',
    })
    expect(await answer('invoice.approved', 'otto')).toMatchObject({ reason: 'no-authority' })
    expect((await facts()).released).toBeNull()
    expect(await answer('invoice.approved', 'dora', { reason: 'the new contract' })).toMatchObject({
      outcome: 'applied',
    })
    const [approval] = (await facts()).approvals
    expect(approval).toMatchObject({ state: 'approved', decidedBy: 'dora' })
    expect(approval?.progress?.answers).toMatchObject([
      {
        by: 'dora',
        asRole: 'head-of-purchasing',
        onBehalfOf: 'heidi',
        at: instant('2026-12-02T09:00:00Z'),
        reason: 'the new contract',
        authority: {
          limit: { amount: '25000', currency: 'EUR' },
          delegations: [{ delegationId: 'heidi-dora', validTo: '2026-12-11' }],
        },
      },
    ])
    expect((await facts()).released?.payable).toEqual(money('24400.00', 'EUR'))
    const told = await events()
    expect(told.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['approval.requested', 'approval.escalated', 'invoice.approved']),
    )
    const replayed = invoiceAggregate.replay(key, told) as InvoiceState
    expect(replayed.facts).toEqual(await facts())
  })

  it('may be decided by the finance director once called, and not before', async () => {
    const { runtime, clock, answer, facts } = await theInvoiceEntered()
    expect(await answer('invoice.approved', 'fiona')).toMatchObject({ reason: 'no-authority' })
    clock.advanceTo('2026-12-02T09:00:00Z')
    await runtime.tick()
    expect(await answer('invoice.approved', 'fiona')).toMatchObject({ outcome: 'applied' })
    expect((await facts()).approvals).toMatchObject([{ state: 'approved', decidedBy: 'fiona' }])
  })

  it('is not for the delegate once the holiday is over', async () => {
    const { runtime, clock, answer } = await theInvoiceEntered()
    clock.advanceTo('2026-12-12T09:00:00Z')
    await runtime.tick()
    expect(await answer('invoice.approved', 'dora')).toMatchObject({
      reason: 'delegation-not-in-force',
    })
    expect(await answer('invoice.approved', 'heidi')).toMatchObject({ outcome: 'applied' })
  })
})
