import { describe, expect, it } from 'vitest'
import { officeHours } from '../calendar/office-hours.ts'
import { openTask } from '../exception/change-task.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import type { Task } from '../exception/task.ts'
import { tenantOfKey } from '../identity/identity.ts'
import type { Hold } from '../hold/hold.ts'
import type { Actor } from '../message/actor.ts'
import { anApprovalInSteps, aStep } from '../approval/approval.examples.ts'
import type { ApprovalAnswer } from '../approval/approval-progress.ts'
import type { Authority } from '../authority/authority-answer.ts'
import type { Duty } from '../authority/duty.ts'
import { money } from '../money/money.ts'
import { messageData } from '../message/message.ts'
import { aChangeRequest } from '../order-change/order-change.examples.ts'
import { changeIdOf } from '../order-lifecycle/record-change.ts'
import { aWorldTold, aSettledWorld } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { anInspection, aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { aShipNotice } from '../ship-notice/ship-notice.examples.ts'
import { calendarDate } from '../calendar/calendar-date.ts'
import { instant } from '../calendar/instant.ts'
import { decimal } from '../decimal/decimal.ts'
import { checkInvariants, invariants } from './check-invariants.ts'

type Changed<Value> = { -readonly [Key in keyof Value]: Value[Key] }
type OrderState = World['orders'][string]
type InvoiceState = World['invoices'][string]
type Schedule = OrderState['standing']['lines'][number]['schedules'][number]

const settled = aSettledWorld()
const held = aWorldTold([
  aPurchaseOrder(),
  aReceipt({ lines: [aReceiptLine({ quantity: '8' })] }),
  anInvoice(),
])

describe('invariants', () => {
  it('hold for what a delegate approved in time and within the limit, and for what somebody stands for (INV-15)', () => {
    const ofPeople = (world: World) =>
      checkInvariants(world).filter(({ invariant }) => invariant === 15 || invariant === 16)
    expect(ofPeople(withAnswers({}))).toEqual([])
    expect(ofPeople(withAnswers(limitOf('12400.00')))).toEqual([])
    expect(ofPeople(withAnswers(delegatedUntil('2026-12-01')))).toEqual([])
    expect(ofPeople(withOrderApproved('124.00'))).toEqual([])
    expect(ofPeople(withDuties('receive', 'release-hold'))).toEqual([])
    expect(ofPeople(withCompensation('carl'))).toEqual([])
  })

  it('are 25, numbered as the model numbers them', () => {
    expect(invariants.map(({ number }) => number)).toEqual(
      Array.from({ length: 25 }, (_, index) => index + 1),
    )
  })

  it('hold for an order that was received, billed and released', () => {
    expect(checkInvariants(settled)).toEqual([])
    const [invoice] = Object.values(settled.invoices)
    expect(invoice?.facts.released).not.toBeNull()
  })

  it('hold for an invoice that is stopped because goods are missing', () => {
    expect(checkInvariants(held)).toEqual([])
    const [invoice] = Object.values(held.invoices)
    expect(invoice?.facts.holds.map(({ code }) => code)).toEqual(['QUANTITY'])
  })

  it('hold for a price looked up for the day of the order, and for what was not taken', () => {
    const numbers = [withLookUp({}), withOwnership({ taken: false })].flatMap((world) =>
      checkInvariants(world).map(({ invariant }) => invariant),
    )
    expect(numbers).not.toContain(20)
    expect(numbers).not.toContain(24)
  })

  it.each(planted())('INV-%i is seen broken: %s', (number, _what, world) => {
    expect(checkInvariants(world).map(({ invariant }) => invariant)).toContain(number)
  })

  it('has a planted violation for each', () => {
    expect(new Set(planted().map(([number]) => number))).toEqual(
      new Set(invariants.map(({ number }) => number)),
    )
  })
})

/** Each invariant, what was done to a sound world to break it, and the broken world. */
function planted(): readonly (readonly [number, string, World])[] {
  return [
    [1, 'an audit entry was written over', withAudit((entry) => ({ ...entry, to: 'paid' }))],
    [1, 'an audit entry is gone', { ...settled, audit: settled.audit.slice(0, -1) }],
    [1, 'a decision names no rule set', withAudit((entry) => ({ ...entry, policy: [] }))],
    [2, 'an event stands twice', { ...settled, log: [...settled.log, ...settled.log.slice(0, 1)] }],
    [2, 'an event is missing', { ...settled, log: settled.log.slice(1) }],
    [2, 'an old version stands over a newer one', withNewerVersion()],
    [3, 'schedules do not add up', withSchedule({ ordered: decimal('9') })],
    [4, 'more waits than is left', withSchedule({ awaiting: decimal('11') })],
    [
      4,
      'more is confirmed than ordered',
      withSchedule({ confirmed: decimal('12'), awaiting: decimal('0') }),
    ],
    [
      5,
      'more is kept than ordered',
      withSchedule({ received: decimal('12'), accepted: decimal('12') }),
    ],
    [6, 'goods are unaccounted for', withSchedule({ accepted: decimal('7') })],
    [7, 'more is credited than billed', withSchedule({ credited: decimal('11') })],
    [8, 'nothing explains what is billed and not received', withoutExplanation()],
    [
      9,
      'a held invoice is released',
      withInvoice(held, (facts) => ({ ...facts, released: releasedAt('2026-12-02T00:00:00Z') })),
    ],
    [10, 'an allocation is too small', withAllocation('9')],
    [10, 'a receipt is set aside twice', withLedger()],
    [11, 'one number is paid twice', withTwin()],
    [12, 'a total does not add up', withTotal()],
    [13, 'a foreign invoice was not compared', withForeignCurrency()],
    [14, 'an invoice was let go while its goods were in dispute', withOpenCase()],
    [15, 'a clerk approved what the clerk asked for', withApproval()],
    [15, 'a buyer approved an order of their own', withEvents(submitted, approved)],
    [15, 'a buyer approved an order they wrote', withEvents(drafted, approved)],
    [15, 'a buyer accepted a change they brought in', withOwnChange()],
    [15, 'an approver went beyond their limit', withAnswers(limitOf('12399.99'))],
    [
      15,
      'an amount was held against a limit in another currency',
      withAnswers(limitOf('999999', 'USD')),
    ],
    [15, 'a delegate approved what their giver entered', withAnswers({ onBehalfOf: 'paula' })],
    [15, 'a decision came through somebody who entered it', withAnswers(through('carl', 'paula'))],
    [15, 'a chain of delegations leads round', withAnswers(through('carl', 'dora'))],
    [15, 'a delegation had run out', withAnswers(delegatedUntil('2026-11-30'))],
    [15, 'an approval stands though nobody agreed', withAnswers(null)],
    [15, 'an approval stands on another role than that asked', withAnswers({ asRole: 'buyer' })],
    [15, 'an order was approved beyond a limit', withOrderApproved('123.99')],
    [16, 'who entered an invoice released its hold', withOwnRelease()],
    [
      16,
      'who counted the goods entered the invoice, and it was let go',
      withDuties('receive', 'enter-invoice'),
    ],
    [16, 'who wrote down an account paid to it', withDuties('change-bank-data', 'pay')],
    [16, 'who let a hold go had moved the limit', withDuties('release-hold', 'change-tolerance')],
    [16, 'who approved an order for another counted its goods for them', withReceiver()],
    [16, 'who did a duty stands for it', withCompensation('paula')],
    [16, 'who approved an order received it', withEvents(approved, counted)],
    [16, 'who approved an order inspected it', withEvents(approved, inspected)],
    [17, 'a case has no owner', withCase({ owner: { role: ' ', person: null } })],
    [17, 'a task has no owner', withTask({ owner: { role: ' ', person: 'paula' } })],
    [17, 'a task is due never', withTask({ dueAt: ' ' as Task['dueAt'] })],
    [22, 'a closed case went on', withDeskEvents('case.closed', 'case.taken')],
    [22, 'a cured case was settled', withDeskEvents('case.cured', 'case.resolved')],
    [22, 'a withdrawn dispute was settled', withDeskEvents('dispute.withdrawn', 'dispute.settled')],
    [22, 'a case was taken up again by nobody', withDeskEvents('case.closed', 'case.reopened')],
    [18, 'a state was changed behind the events', withSchedule({ backordered: decimal('0.0') })],
    [
      18,
      'an invoice was changed behind its events',
      withInvoice(settled, (facts) => ({ ...facts, clearedNumbers: ['X'] })),
    ],
    [
      19,
      'a rule set was edited in place',
      withAudit((entry, index) =>
        index === 0
          ? { ...entry, policy: entry.policy.map((one) => ({ ...one, hash: 'f'.repeat(64) })) }
          : entry,
      ),
    ],
    [
      19,
      'two versions decided together',
      withAudit((entry) => ({
        ...entry,
        policy: entry.policy.flatMap((one) => [one, { ...one, version: '2.0.0' }]),
      })),
    ],
    [20, 'the ERP was written to blindly', withBlindWrite()],
    [
      20,
      'a conflict opened no case',
      withOrder((state) => ({
        ...state,
        facts: {
          ...state.facts,
          failedWrites: {
            'order/4711': { system: 'erp', outcome: 'conflict', sentence: 'changed meanwhile' },
          },
        },
      })),
    ],
    [21, 'a machine released a hold', withMachine()],
    [
      22,
      'an archived order moved on',
      withAudit((entry, index) =>
        index === 1 ? { ...entry, from: 'archived', to: 'sent' } : entry,
      ),
    ],
    [23, 'promises are out of turn', withPromises()],
    [20, 'a price was taken from the warehouse', withOwnership({ taken: false, theirs: '12.40' })],
    [20, 'a value counts as taken from who does not own it', withOwnership({ taken: true })],
    [24, 'a unit was converted by nothing in force', withOldConversion()],
    [24, 'a price was looked up for another day', withLookUp({ on: '2026-11-21' })],
    [24, 'a price was looked up by the wrong date', withLookUp({ basis: 'invoice-date' })],
    [24, 'a row answered that was over', withLookUp({ effectiveTo: '2026-11-19' })],
    [25, 'a clock does not run', { ...held, timers: [] }],
    [25, 'a shipment on its way has no clock', withoutShipmentClocks()],
  ]
}

function withoutShipmentClocks(): World {
  const announced = aWorldTold([aPurchaseOrder(), aShipNotice()])
  const timers = announced.timers.filter(({ aggregate }) => aggregate.kind !== 'shipment')
  return { ...announced, timers }
}

/** The order as issued at 12.40, as if the warehouse had said so and we had had 12.00 before. */
function withOwnership(said: { readonly taken: boolean; readonly theirs?: string }): World {
  const drift = {
    record: 'purchase-order',
    path: 'lines/1/price/amount',
    ours: '12.00',
    theirs: '13.00',
    owner: 'erp',
    policy: 'report',
    ...said,
  }
  return withIssued({
    ownership: {
      contract: { contract: 'c', version: '1.0.0', hash: 'a'.repeat(64) },
      system: 'wms',
      record: 'purchase-order',
      recordNumber: '4711',
      asOf: '2026-11-20T08:00:00Z',
      drift: [drift],
    },
  })
}

/** The order of 20 November with one look-up that is right but for what is given. */
function withLookUp(wrong: object): World {
  const lookUp = {
    table: 'price',
    key: 'S100/SKU-1/EUR',
    on: '2026-11-20',
    basis: 'order-date',
    row: 'a'.repeat(64),
    effectiveFrom: '2026-11-01',
    ...wrong,
  }
  return withIssued(lookedUp(lookUp))
}

function lookedUp(lookUp: object): object {
  return {
    masters: {
      master: { master: 'm', version: '1', hash: null },
      document: 'purchase-order/4711',
      asOf: '2026-11-20T08:00:00Z',
      lookUps: [lookUp],
      findings: [],
    },
  }
}

function withIssued(gathered: object): World {
  return {
    ...settled,
    log: settled.log.map((event) =>
      event.type === 'order.issued'
        ? { ...event, data: messageData({ ...event.data, ...gathered }) }
        : event,
    ),
  }
}

function withAudit(
  change: (entry: World['audit'][number], index: number) => World['audit'][number],
): World {
  return { ...settled, audit: settled.audit.map(change) }
}

function withOrder(change: (state: OrderState) => OrderState, world = settled): World {
  const orders = Object.entries(world.orders).map(([key, state]) => [key, change(state)] as const)
  return { ...world, orders: Object.fromEntries(orders) }
}

function withSchedule(quantities: Partial<Schedule['quantities']>): World {
  return withOrder((state) => ({
    ...state,
    standing: {
      ...state.standing,
      lines: state.standing.lines.map((line) => ({
        ...line,
        schedules: line.schedules.map((schedule) => ({
          ...schedule,
          quantities: { ...schedule.quantities, ...quantities },
        })),
      })),
    },
  }))
}

function withNewerVersion(): World {
  return withOrder((state) => {
    const [version] = state.facts.versions
    if (version === undefined) throw new Error('the order has no version')
    return { ...state, facts: { ...state.facts, versions: [version, { ...version, version: 2 }] } }
  })
}

function withInvoice(
  world: World,
  change: (facts: InvoiceState['facts']) => InvoiceState['facts'],
): World {
  const invoices = Object.entries(world.invoices).map(
    ([key, state]) => [key, { ...state, facts: change(state.facts) }] as const,
  )
  return { ...world, invoices: Object.fromEntries(invoices) }
}

function releasedAt(at: string): NonNullable<InvoiceState['facts']['released']> {
  return { payable: { amount: decimal('124.00'), currency: anInvoice().currency }, at: instant(at) }
}

function withMatch(
  world: World,
  change: (result: Changed<NonNullable<InvoiceState['facts']['match']>['result']>) => object,
): World {
  return withInvoice(world, (facts) => {
    if (facts.match === null) throw new Error('the invoice is not matched')
    const result = { ...facts.match.result, ...change(facts.match.result) }
    return { ...facts, match: { ...facts.match, result } }
  })
}

function withoutExplanation(): World {
  const unheld = withInvoice(held, (facts) => ({ ...facts, holds: [], cases: [], holdTexts: {} }))
  return withMatch(unheld, () => ({ decision: 'match', holds: [] }))
}

function withAllocation(quantity: string): World {
  return withMatch(settled, ({ allocations }) => ({
    allocations: allocations.map((part) => ({ ...part, quantity })),
    remainders: [],
  }))
}

function withLedger(): World {
  return withOrder((state) => {
    const [entry] = Object.values(state.facts.ledger)
    if (entry === undefined) throw new Error('the order set nothing aside')
    return { ...state, facts: { ...state.facts, ledger: { a: entry, b: entry } } }
  })
}

function withTwin(): World {
  const [[key, state] = []] = Object.entries(settled.invoices)
  if (key === undefined || state === undefined) throw new Error('there is no invoice')
  return { ...settled, invoices: { [key]: state, [`${key}/again`]: state } }
}

function withDocument(
  world: World,
  change: (invoice: ReturnType<typeof anInvoice>) => object,
): World {
  return withInvoice(world, (facts) => ({
    ...facts,
    versions: facts.versions.map((version) => ({
      ...version,
      document: { ...version.document, ...change(version.document) },
    })),
  }))
}

function withTotal(): World {
  return withDocument(settled, () => ({ totalAmount: decimal('125.00') }))
}

function withForeignCurrency(): World {
  const foreign = withDocument(settled, () => ({ currency: 'USD' }))
  return withMatch(foreign, ({ checks }) => ({
    checks: checks.filter(({ check }) => check !== 'currency'),
  }))
}

function withCase(change: Partial<ExceptionCase>): World {
  return withOrder((state) => ({
    ...state,
    desk: { ...state.desk, cases: [{ ...aCase(state.key), ...change }] },
  }))
}

function withTask(change: Partial<Task>): World {
  return withOrder((state) => {
    const { exceptionId, subject } = aCase(state.key)
    const task = openTask({
      tenant: tenantOfKey(state.key),
      taskId: 'T-1',
      exceptionId,
      subject,
      sentence: 'count the goods again',
      role: 'receiving',
      openedAt: instant('2026-12-02T09:00:00Z'),
      calendar: officeHours,
    })
    return { ...state, desk: { ...state.desk, tasks: [{ ...task, ...change }] } }
  })
}

/** Two events of a case, or of a dispute, of which the second comes after the end. */
function withDeskEvents(...types: readonly string[]): World {
  const [first] = held.log
  if (first === undefined) throw new Error('nothing happened')
  const events = types.map((type, index) => ({
    ...first,
    id: `planted-${index}`,
    type,
    data: messageData({ exceptionId: 'case-1', disputeId: 'dispute-1', reason: 'as we said' }),
  }))
  return { ...held, log: [...held.log, ...events] }
}

function aCase(key: string): ExceptionCase {
  const [found] = Object.values(held.invoices).flatMap(({ facts }) => facts.cases)
  if (found === undefined) throw new Error('the held invoice has no case')
  return { ...found, code: 'RCV_SHORT', subject: { aggregate: 'order', key, line: '1' } }
}

function withOpenCase(): World {
  return withCase({
    openedAt: instant('2026-11-01T00:00:00Z'),
    route: { ...aCase('').route, blocksMatching: true },
  })
}

function withApproval(): World {
  return withInvoice(settled, (facts) => ({
    ...facts,
    approvals: [
      {
        approvalId: 'A-1',
        decisionType: 'accept-variance',
        subject: facts.invoiceKey,
        requestedBy: 'paula',
        requestedAt: instant('2026-12-01T00:00:00Z'),
        exposure: null,
        approverRole: 'ap-manager',
        state: 'approved',
        decidedBy: 'paula',
        decidedAt: instant('2026-12-02T00:00:00Z'),
        reason: null,
      },
    ],
  }))
}

/** An approval over 12400.00 EUR that dora gave for carl, the controller; with that of the answer changed, or none. */
function withAnswers(change: Partial<ApprovalAnswer> | null): World {
  const asked = anApprovalInSteps([aStep('controller')])
  const answer: ApprovalAnswer = {
    step: 1,
    answer: 'approved',
    by: 'dora',
    asRole: 'controller',
    at: instant('2026-12-01T12:00:00Z'),
    reason: null,
    ...change,
  }
  const progress = asked.progress ?? null
  if (progress === null) throw new Error('the approval runs in no steps')
  const answers = change === null ? [] : [answer]
  return withInvoice(enteredBy('paula'), (facts) => ({
    ...facts,
    approvals: [
      {
        ...asked,
        exposure: money('12400.00', 'EUR'),
        state: 'approved',
        decidedBy: 'dora',
        progress: { ...progress, answers },
      },
    ],
  }))
}

function enteredBy(id: string): World {
  return withInvoice(settled, (facts) => ({
    ...facts,
    versions: facts.versions.map((version) => ({
      ...version,
      enteredBy: { kind: 'user', id, roles: [] },
    })),
  }))
}

const authority: Authority = { asRole: 'controller', limit: null, because: 'the matrix' }

function limitOf(amount: string, currency = 'EUR'): Partial<ApprovalAnswer> {
  return { authority: { ...authority, limit: money(amount, currency) } }
}

function through(...delegatedBy: readonly string[]): Partial<ApprovalAnswer> {
  return { authority: { ...authority, onBehalfOf: 'carl', delegatedBy: [...delegatedBy] } }
}

function delegatedUntil(day: string): Partial<ApprovalAnswer> {
  const days = { validFrom: calendarDate('2026-11-01'), validTo: calendarDate(day) }
  const delegation = { delegationId: 'd1', from: 'carl', to: 'dora', ...days }
  return {
    onBehalfOf: 'carl',
    authority: {
      ...authority,
      onBehalfOf: 'carl',
      delegatedBy: ['carl'],
      delegations: [delegation],
    },
  }
}

/** Order 4711 is over ten pieces at 12.40, 124.00 EUR. */
function withOrderApproved(limit: string): World {
  const world = withEvents(approved)
  const log = world.log.map((event) =>
    event.type === 'order.approved'
      ? { ...event, authority: { ...authority, limit: money(limit, 'EUR') } }
      : event,
  )
  const order = withOrder((state) => ({
    ...state,
    facts: { ...state.facts, draft: aPurchaseOrder() },
  }))
  return { ...order, log }
}

function withDuties(...duties: readonly Duty[]): World {
  return withInvoice(settled, (facts) => ({
    ...facts,
    released: releasedAt('2026-12-02T00:00:00Z'),
    duties: duties.map((duty) => ({ duty, by: 'kim' })),
  }))
}

function withReceiver(): World {
  return withOrder((state) => ({
    ...state,
    facts: {
      ...state.facts,
      control: { ...state.facts.control, approvedBy: 'carl' },
      receivedBy: [{ duty: 'receive', by: 'rita', onBehalfOf: 'carl' }],
    },
  }))
}

function withCompensation(approvedBy: string): World {
  const duties: [Duty, Duty] = ['enter-invoice', 'release-hold']
  return withInvoice(enteredBy('paula'), (facts) => ({
    ...facts,
    compensations: [
      { duties, person: 'bert', approvedBy, at: instant('2026-12-01T00:00:00Z'), reason: 'x' },
    ],
  }))
}

type Said = Pick<World['log'][number], 'type' | 'data'>
const submitted: Said = { type: 'order.submitted', data: {} }
const approved: Said = { type: 'order.approved', data: {} }
const drafted: Said = {
  type: 'order.drafted',
  data: messageData({ document: aPurchaseOrder() }),
}
const counted: Said = {
  type: 'receipt.recorded',
  data: messageData({ document: aReceipt({ documentNumber: 'GR-2' }) }),
}
const inspected: Said = {
  type: 'inspection.recorded',
  data: messageData({ document: anInspection() }),
}

function withOwnChange(): World {
  const document = aChangeRequest({ initiator: 'supplier' })
  const changeId = changeIdOf(document)
  return withEvents(
    { type: 'change.requested', data: messageData({ document }) },
    { type: 'change.decided', data: { changeId, decision: 'accept', reason: 'fine' } },
  )
}

/** One person says one thing about the order after another. */
function withEvents(...events: readonly Said[]): World {
  const [first] = settled.log
  if (first === undefined) throw new Error('nothing happened')
  const actor: Actor = { kind: 'user', id: 'bert', roles: ['buyer'] }
  const said = events.map((event, index) => ({ ...first, ...event, id: `said-${index}`, actor }))
  return { ...settled, log: [...settled.log, ...said] }
}

function withOwnRelease(): World {
  return withInvoice(held, (facts) => ({
    ...facts,
    versions: facts.versions.map((version) => ({
      ...version,
      enteredBy: { kind: 'user', id: 'paula', roles: ['ap'] },
    })),
    holds: facts.holds.map((hold): Hold => ({
      ...hold,
      state: 'released',
      released: { by: 'paula', at: hold.placedAt, code: 'ok', reason: 'paid anyway' },
    })),
  }))
}

function withBlindWrite(): World {
  const [key = ''] = Object.keys(settled.orders)
  return {
    ...settled,
    effects: [
      {
        key: 'w',
        aggregate: { kind: 'order', key },
        intent: {
          kind: 'write-back',
          system: 'erp',
          record: 'order/4711',
          expectedVersion: null,
          data: {},
        },
      },
    ],
  }
}

function withMachine(): World {
  const [first] = settled.log
  if (first === undefined) throw new Error('nothing happened')
  const actor: Actor = { kind: 'ai', id: 'advisor', roles: [] }
  return { ...settled, log: [...settled.log, { ...first, id: 'x', type: 'hold.released', actor }] }
}

function withPromises(): World {
  return withOrder((state) => ({
    ...state,
    standing: {
      ...state.standing,
      lines: state.standing.lines.map((line) => ({
        ...line,
        schedules: line.schedules.map((schedule) => ({
          ...schedule,
          promises: ['2026-11-23T00:00:00Z', '2026-11-21T00:00:00Z'].map((issuedAt, index) => ({
            documentNumber: `AK-${index}`,
            issuedAt: instant(issuedAt),
            orderVersion: 1,
            deliveries: [],
          })),
        })),
      })),
    },
  }))
}

function withOldConversion(): World {
  return withDocument(settled, () => ({
    lines: [anInvoiceLine({ unitOfMeasure: 'XCS', quantity: '1' })],
  }))
}
