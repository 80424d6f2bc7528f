import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOpenCase } from '../exception/open-case.ts'
import { DocumentNumber } from '../identity/identity.ts'
import type { Decision } from '../message/decision.ts'
import type { Intent } from '../message/intent.ts'
import type { Message } from '../message/message.ts'
import { aMilestone } from '../milestone/milestone.examples.ts'
import { ShipmentAnnounced } from '../order-lifecycle/order-events.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { compareShipNotice } from '../ship-notice/compare-ship-notice.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { decideShipment } from './decide-shipment.ts'
import {
  aCountedLine,
  aShipmentMessage,
  comparisonOf,
  milestoneReported,
  noticeReceived,
  strictPolicy,
} from './shipment-lifecycle.examples.ts'
import type { ShipmentState } from './shipment-state.ts'

const order = aPurchaseOrder({
  lines: [
    anOrderLine({
      quantityOrdered: '10',
      schedules: [anOrderSchedule({ quantityOrdered: '10', requestedDate: '2026-11-26' })],
    }),
  ],
})

type Told = Extract<Intent, { kind: 'tell' }>

/** Shipment ASN-1 beside the one order it is for, which answers each announcement, once for each revision. */
function aDock() {
  let state: ShipmentState | null = null
  let parked: Message[] = []
  const announced = new Map<number, Told>()
  const told = new Map<string, object>()

  function tell(message: Message): void {
    const context = { policy: strictPolicy, now: message.receivedAt }
    const decision: Decision<ShipmentState | null> = decideShipment(state, message, context)
    state = decision.state
    if (decision.outcome.kind === 'parked') parked.push(message)
    for (const intent of decision.intents) if (intent.kind === 'tell') hear(intent)
    if (decision.outcome.kind !== 'applied') return
    const again = parked
    parked = []
    again.forEach(tell)
  }

  function hear(intent: Told): void {
    if (intent.type !== 'shipment.announced') {
      told.set(intent.type, intent.data)
      return
    }
    const said = ShipmentAnnounced.parse(intent.data)
    const isOlder = [...announced.keys()].some((revision) => revision >= said.revision)
    expect(isOlder, 'an announcement never takes back a later one').toBe(false)
    announced.set(said.revision, intent)
    if (said.purpose === 'cancel') return
    const documentNumber = DocumentNumber.parse(said.documentNumber)
    const discrepancies = compareShipNotice({ order, shipment: { ...said, documentNumber } })
    tell(comparisonOf('4711', { revision: said.revision, discrepancies }))
  }

  return { tell, announced, told, stateNow: () => state, parkedNow: () => parked }
}

const notice = noticeReceived(aShipNotice())
const replaced = noticeReceived(
  aShipNotice({
    revision: 1,
    purpose: 'replace',
    issuedAt: '2026-11-25T10:00:00Z',
    lines: [aShipNoticeLine({ quantityShipped: '12' })],
  }),
)
const replacedAgain = noticeReceived(
  aShipNotice({
    revision: 1,
    purpose: 'replace',
    issuedAt: '2026-11-25T11:00:00Z',
    estimatedDeliveryDate: '2026-11-26',
    lines: [aShipNoticeLine({ quantityShipped: '11' })],
  }),
)
const another = noticeReceived(
  aShipNotice({ issuedAt: '2026-11-25T12:00:00Z', carrier: 'another text, the same number' }),
)
const withdrawn = noticeReceived(
  aShipNotice({ revision: 1, purpose: 'cancel', issuedAt: '2026-11-25T13:00:00Z' }),
)
const later = milestoneReported(
  aMilestone({
    documentNumber: 'MS-2',
    code: 'arrived',
    timeMeaning: 'estimated',
    issuedAt: '2026-11-26T06:00:00Z',
    at: '2026-11-30T10:00:00Z',
  }),
)
const sooner = milestoneReported(
  aMilestone({
    documentNumber: 'MS-3',
    code: 'arrived',
    timeMeaning: 'estimated',
    issuedAt: '2026-11-26T09:00:00Z',
    at: '2026-11-28T10:00:00Z',
  }),
)
const here = milestoneReported(
  aMilestone({
    documentNumber: 'MS-4',
    code: 'gate-in',
    issuedAt: '2026-11-28T10:00:00Z',
    at: '2026-11-28T09:50:00Z',
  }),
)
const countOf = (lines: readonly ReturnType<typeof aCountedLine>[], id: string) =>
  aShipmentMessage('goods.received', { shipmentKey: 'acme/0001/S100/ASN-1', lines }, { id })
const counted = countOf([aCountedLine({ quantity: '9' })], 'count')
const recounted = countOf([aCountedLine({ quantity: '11', revision: 1 })], 'recount')

const stories: Readonly<Record<string, { papers: readonly Message[]; ends: object }>> = {
  'announced, on its way, arrived and counted': {
    papers: [notice, later, sooner, here, countOf([aCountedLine()], 'count-all')],
    ends: { transport: 'received', reconciliation: 'matched', standing: 'closed' },
  },
  'replaced twice under one number': {
    papers: [notice, replaced, replacedAgain, later, sooner],
    ends: { notice: 'validated', amendment: 'amended', alignment: 'pre-arrival-alert' },
  },
  'replaced, arrived, counted and counted again': {
    papers: [notice, replacedAgain, here, counted, recounted],
    ends: { transport: 'received', reconciliation: 'matched', schedule: 'late' },
  },
  'announced with two texts under one number': {
    papers: [notice, another, here],
    ends: { notice: 'validated', amendment: 'original', standing: 'open' },
  },
  'withdrawn before it came': {
    papers: [notice, later, withdrawn],
    ends: { notice: 'cancelled', alignment: 'not-compared' },
  },
  'withdrawn although it is here': {
    papers: [notice, withdrawn, counted],
    ends: { notice: 'validated', transport: 'unloading' },
  },
}

/** What has to be the same in the end; what people were told on the way and closed cases are not. */
function outcomeOf(papers: readonly Message[]) {
  const dock = aDock()
  papers.forEach(dock.tell)
  const state = dock.stateNow()
  if (state === null) throw new Error('no shipment came of it')
  const { notices, milestones, counts, comparisons, assessment } = state.facts
  return {
    regions: state.regions,
    facts: { notices, milestones, counts, comparisons, assessment },
    openCases: state.facts.cases
      .filter(isOpenCase)
      .map((one) => `${one.code} ${state.facts.caseKeys[one.exceptionId] ?? ''} ${one.sentence}`)
      .toSorted(),
    clocks: Object.values(state.facts.waits)
      .map(({ type }) => type)
      .toSorted(),
    standsAtTheOrder: [...dock.announced.entries()].toSorted(([a], [b]) => a - b).at(-1),
    arrivalAtTheOrder: dock.told.get('shipment.arrived'),
    dayAtTheOrder: dock.told.get('shipment.delayed'),
    parked: dock.parkedNow().map(({ id }) => id),
  }
}

describe('the papers of a shipment', () => {
  it.each(Object.entries(stories))(
    '%s: lead to the same in any order, also sent twice (R-16)',
    (_, { papers, ends }) => {
      const expected = outcomeOf(papers)
      expect(expected.regions).toMatchObject(ends)
      fc.assert(
        fc.property(
          fc.shuffledSubarray([...papers], { minLength: papers.length }),
          fc.array(fc.nat({ max: papers.length - 1 }), { maxLength: 2 }),
          (shuffled, repeated) => {
            const twice = repeated
              .map((index) => shuffled[index])
              .filter((one) => one !== undefined)
            const again = twice.map((one) => ({ ...one, id: `${one.id}/again` }))
            expect(outcomeOf([...shuffled, ...again])).toEqual(expected)
          },
        ),
        { numRuns: 40, seed: 42 },
      )
    },
  )
})
