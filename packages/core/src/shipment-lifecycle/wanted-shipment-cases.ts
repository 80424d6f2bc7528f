import { describeDiscrepancy } from '../discrepancy/describe-discrepancy.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { ExceptionCase, ExceptionCode, ExceptionSubject } from '../exception/exception.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { splitKey } from '../identity/identity.ts'
import {
  contradictingNotices,
  currentMilestones,
  currentNotice,
  currentVersion,
  expectedDate,
  isCancelled,
  isHere,
} from './current-shipment.ts'
import { masterCases } from '../masters/record-master-check.ts'
import { findingKey, misalignments } from './find-deviations.ts'
import { standingState, transportState } from './shipment-regions.ts'
import type { AssessedFinding, ShipmentFacts } from './shipment-state.ts'
import { arrivalWaitId, isWaitOver, receivingWaitId } from './shipment-wait.ts'

/** A case the facts call for: what it is about, and what is wrong in words. */
export type WantedShipmentCase = {
  /** Names the reason, so that it is opened once and cured when the reason is gone. */
  readonly key: string
  readonly code: ExceptionCode
  readonly subject: ExceptionSubject
  readonly discrepancy: Discrepancy | null
  readonly sentence: string
}

/** What the case about contradicting notices is wanted for. */
export const contradictionKey = 'contradiction'

/** Every case the facts call for now. */
export function wantedShipmentCases(facts: ShipmentFacts): readonly WantedShipmentCase[] {
  if (isCancelled(facts) || isClosedByPerson(facts)) return contradictionCase(facts)
  return [
    ...contradictionCase(facts),
    ...missingNoticeCase(facts),
    ...lostCase(facts),
    ...alignmentCases(facts),
    ...unknownInMaster(facts),
    ...delayCases(facts),
    ...uncountedCase(facts),
  ]
}

/** Wanted cases that are not open yet and that nobody settled. Another measure of the same difference is another case. */
export function shipmentCasesToOpen(facts: ShipmentFacts): readonly WantedShipmentCase[] {
  return wantedShipmentCases(facts).filter(
    ({ key }) =>
      !facts.cases.some(
        (one) =>
          facts.caseKeys[one.exceptionId] === key &&
          (isOpenCase(one) || one.state !== 'auto-resolved'),
      ),
  )
}

/** Open cases whose reason is gone. */
export function shipmentCasesToCure(facts: ShipmentFacts): readonly ExceptionCase[] {
  const open = facts.cases.filter(isOpenCase)
  if (open.length === 0) return []
  const wanted = new Set(wantedShipmentCases(facts).map(({ key }) => key))
  return open.filter((one) => !wanted.has(facts.caseKeys[one.exceptionId] ?? ''))
}

function isClosedByPerson(facts: ShipmentFacts): boolean {
  return facts.closing !== null && standingState(facts) === 'closed'
}

function contradictionCase(facts: ShipmentFacts): readonly WantedShipmentCase[] {
  const others = contradictingNotices(facts)
  if (others.length === 0) return []
  const isWithdrawn = others.some(({ document }) => document.purpose === 'cancel')
  const sentence = isWithdrawn
    ? 'the supplier withdrew the notice, but goods of it are here or another text counts: ask what is meant'
    : 'another text came under the same notice number: keep the one that counts, or ask for a new notice'
  return [
    {
      key: contradictionKey,
      code: 'CONFLICTING_DOCUMENT',
      subject: { aggregate: 'shipment', key: facts.shipmentKey },
      discrepancy: null,
      sentence,
    },
  ]
}

/** Goods are reported or counted under the number of a notice that does not come. */
function missingNoticeCase(facts: ShipmentFacts): readonly WantedShipmentCase[] {
  const isOver =
    isWaitOver(facts, arrivalWaitId(facts)) || isWaitOver(facts, receivingWaitId(facts))
  if (currentNotice(facts) !== null || !isOver) return []
  const sentence = isHere(facts)
    ? 'the goods are here, and the notice has not come'
    : 'the goods are reported on their way, and the notice has not come'
  return [ownCase(facts, 'missing-notice', 'MISSING_ASN', sentence)]
}

function lostCase(facts: ShipmentFacts): readonly WantedShipmentCase[] {
  if (transportState(facts) !== 'lost') return []
  const report = currentMilestones(facts).findLast(({ code }) => code === 'lost')
  const where = report?.location === undefined ? '' : ` at ${report.location}`
  return [ownCase(facts, 'lost', 'LOST', `the carrier reports the goods lost${where}`)]
}

/** What does not fit is for the dock to settle before the goods come; once all is counted, the count speaks. */
function alignmentCases(facts: ShipmentFacts): readonly WantedShipmentCase[] {
  if (transportState(facts) === 'received') return []
  return misalignments(facts).flatMap((finding) => findingCase(facts, finding))
}

/** What the master data says against the notice as it counts; once all is counted, the count is held against it. */
function unknownInMaster(facts: ShipmentFacts): readonly WantedShipmentCase[] {
  const { document, masterFindings: findings } = currentVersion(facts) ?? {}
  if (document === undefined || findings === undefined) return []
  if (transportState(facts) === 'received') return []
  const name = `ship-notice/${document.documentNumber}`.slice(0, 200)
  return masterCases({ [name]: { asOf: document.issuedAt, findings } }).map(
    ({ key, code, line, sentence }) => ({
      key,
      code,
      subject: {
        aggregate: 'shipment',
        key: facts.shipmentKey,
        ...(line !== null && { line }),
      },
      discrepancy: null,
      sentence,
    }),
  )
}

function delayCases(facts: ShipmentFacts): readonly WantedShipmentCase[] {
  if (currentNotice(facts) === null || isHere(facts) || transportState(facts) === 'lost') return []
  const delays = (facts.assessment ?? []).filter(
    ({ code, judgement }) => code === 'SHIPMENT_DELAY' && judgement === 'outside',
  )
  if (!isWaitOver(facts, arrivalWaitId(facts))) {
    return delays.flatMap((finding) => findingCase(facts, finding))
  }
  const day = expectedDate(facts)
  const due = day === null ? 'it should be here by now' : `it was expected on ${day}`
  return [
    ownCase(
      facts,
      `overdue/${day ?? ''}`,
      'SHIPMENT_DELAY',
      `${due}, and nobody reported its arrival`,
    ),
  ]
}

function uncountedCase(facts: ShipmentFacts): readonly WantedShipmentCase[] {
  const isOver = currentNotice(facts) !== null && isWaitOver(facts, receivingWaitId(facts))
  if (!isOver || transportState(facts) === 'received') return []
  return [
    ownCase(
      facts,
      'uncounted',
      'RCV_SHORT',
      'the goods arrived, and nothing of them was counted yet',
    ),
  ]
}

function ownCase(
  facts: ShipmentFacts,
  key: string,
  code: ExceptionCode,
  sentence: string,
): WantedShipmentCase {
  const subject = { aggregate: 'shipment' as const, key: facts.shipmentKey }
  return { key, code, subject, discrepancy: null, sentence: `${nameOf(facts)}: ${sentence}` }
}

function findingCase(
  facts: ShipmentFacts,
  finding: AssessedFinding,
): readonly WantedShipmentCase[] {
  const { code, discrepancy } = finding
  if (code === null) return []
  const { documentLineNumber: line, orderNumber } = discrepancy
  const order = orderNumber === null ? '' : `, order ${orderNumber}`
  return [
    {
      key: findingKey(finding),
      code,
      subject: {
        aggregate: 'shipment',
        key: facts.shipmentKey,
        ...(line === null ? {} : { line }),
      },
      discrepancy,
      sentence: `${nameOf(facts)}${order}: ${describeDiscrepancy(discrepancy)}`,
    },
  ]
}

function nameOf(facts: ShipmentFacts): string {
  return `ship notice ${currentNotice(facts)?.documentNumber ?? splitKey(facts.shipmentKey).at(-1) ?? ''}`
}
