import { addBusinessHours, nextBusinessOpening } from '../calendar/business-hours.ts'
import { compareInstants, instant, type Instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { instantOf } from '../calendar/time-zone.ts'
import { describeDiscrepancy } from '../discrepancy/describe-discrepancy.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import { openCase } from '../exception/open-case.ts'
import type { DecisionContext } from '../message/decision.ts'
import { assessNotice, supplierFactOf } from './assess-notice.ts'
import {
  currentNotice,
  expectedDate,
  isCancelled,
  isHere,
  noticeRevision,
} from './current-shipment.ts'
import { findingKey } from './find-deviations.ts'
import type { ShipmentDecision } from './shipment-events.ts'
import { openMisalignments, standingState, transportState } from './shipment-regions.ts'
import type { ShipmentFacts } from './shipment-state.ts'
import {
  shipmentCasesToCure,
  shipmentCasesToOpen,
  type WantedShipmentCase,
} from './wanted-shipment-cases.ts'
import {
  shipmentWaitDueAt,
  shipmentWaitsToEnd,
  shipmentWaitsToStart,
} from './wanted-shipment-waits.ts'

/** What the next decision of a shipment may look at. `recordId` is the id of a case it opens. */
export type DerivingShipment = {
  readonly facts: ShipmentFacts
  readonly context: DecisionContext
  readonly recordId: string
}

/**
 * The next thing a shipment decides from its facts, or null when everything follows already. Asked again after each
 * answer, so that one message leads to all its consequences, in this order.
 */
export function deriveShipmentDecision(deriving: DerivingShipment): ShipmentDecision | null {
  for (const step of steps) {
    const decision = step(deriving)
    if (decision !== null) return decision
  }
  return null
}

type Step = (deriving: DerivingShipment) => ShipmentDecision | null

const assess: Step = ({ facts, context }) => {
  const notice = currentNotice(facts)
  if (facts.assessment !== null || notice === null || isCancelled(facts)) return null
  const findings = [...assessNotice(facts, context)]
  return { type: 'ship-notice.assessed', data: { revision: noticeRevision(facts), findings } }
}

/** The dock hears of what does not fit while it can still do something about it. */
const alertWarehouse: Step = ({ facts }) => {
  if (isHere(facts) || isCancelled(facts) || standingState(facts) === 'closed') return null
  const news = openMisalignments(facts).filter((one) => !facts.alerted.includes(findingKey(one)))
  if (news.length === 0) return null
  const sentences = news.map(({ discrepancy }) => describeDiscrepancy(discrepancy))
  return {
    type: 'warehouse.alerted',
    data: {
      differences: news.map(findingKey),
      expectedOn: expectedDate(facts),
      sentence: sentences.join('; ').slice(0, 2000),
    },
  }
}

const cureNextCase: Step = ({ facts }) => {
  const [gone] = shipmentCasesToCure(facts)
  if (gone === undefined) return null
  const because = reasonOfCure(facts)
  return { type: 'case.cured', data: { exceptionId: gone.exceptionId, because } }
}

const openNextCase: Step = ({ facts, context, recordId }) => {
  const [wanted] = shipmentCasesToOpen(facts)
  if (wanted === undefined) return null
  const route = context.policy.routing({
    ...supplierFactOf(facts),
    exception: {
      code: wanted.code,
      effect: null,
      subject: { aggregate: 'shipment' },
      exposure: null,
    },
  })
  const opened = openCase({
    exceptionId: recordId,
    code: wanted.code,
    subject: wanted.subject,
    openedAt: instant(context.now),
    calendar: facts.calendar ?? officeHours,
    discrepancy: wanted.discrepancy,
    sentence: wanted.sentence.slice(0, 1000),
    route,
    exposure: null,
  })
  const due = { ...opened, dueAt: dueBeforeDock(facts, wanted, opened) }
  return { type: 'case.opened', data: { case: due, wantedKey: wanted.key } }
}

/**
 * What does not fit is settled before the goods are at the dock: by the opening of the day they are expected, however
 * long the route would allow. With less than a working hour left, one hour from now.
 */
function dueBeforeDock(
  facts: ShipmentFacts,
  wanted: WantedShipmentCase,
  opened: ExceptionCase,
): Instant {
  const day = expectedDate(facts)
  if (!wanted.code.startsWith('ASN_') || day === null || isHere(facts)) return opened.dueAt
  const calendar = facts.calendar ?? officeHours
  const opening = nextBusinessOpening(instantOf(day, calendar.opens, calendar.timeZone), calendar)
  const soonest = addBusinessHours(opened.openedAt, 1, calendar)
  const latest = compareInstants(opening, soonest) > 0 ? opening : soonest
  return compareInstants(latest, opened.dueAt) < 0 ? latest : opened.dueAt
}

const endNextWait: Step = ({ facts }) => {
  const [timerId] = shipmentWaitsToEnd(facts)
  return timerId === undefined ? null : { type: 'wait.ended', data: { timerId } }
}

const startNextWait: Step = ({ facts, context }) => {
  for (const wanted of shipmentWaitsToStart(facts)) {
    const dueAt = shipmentWaitDueAt(wanted, facts, context)
    if (dueAt === null) continue
    const { timerId, type, data } = wanted
    return { type: 'wait.started', data: { timerId, type, dueAt, data } }
  }
  return null
}

const steps: readonly Step[] = [
  assess,
  alertWarehouse,
  cureNextCase,
  openNextCase,
  endNextWait,
  startNextWait,
]

function reasonOfCure(facts: ShipmentFacts): string {
  if (isCancelled(facts)) return 'the supplier withdrew the notice'
  if (standingState(facts) === 'closed') return 'the shipment is closed'
  if (transportState(facts) === 'received') return 'the goods were counted'
  if (isHere(facts)) return 'the goods arrived'
  return 'what was reported since says otherwise'
}
