import { describeDiscrepancy } from '../discrepancy/describe-discrepancy.ts'
import type { Intent } from '../message/intent.ts'
import { currentNotice, expectedDate } from './current-shipment.ts'
import { isUnreceivable, misalignments } from './find-deviations.ts'
import type { ShipmentFact } from './shipment-fact.ts'
import type { ShipmentFacts } from './shipment-state.ts'

/** Who is told about an event of a shipment, and in which words. */
export function shipmentNotices({
  before,
  after,
  fact,
}: {
  readonly before: ShipmentFacts
  readonly after: ShipmentFacts
  readonly fact: ShipmentFact
}): readonly Intent[] {
  if (fact.type === 'warehouse.alerted') {
    const { sentence } = fact.data
    return [alert(after, sentence), ...supplierAnswer(after, sentence)]
  }
  if (fact.type === 'case.opened') {
    const { owner, route, sentence, code } = fact.data.case
    const roles = [...new Set([owner.role, ...route.alsoRoles])]
    return roles.map((role) =>
      notify(after, { role, topic: 'case-opened', sentence: `${code}: ${sentence}` }),
    )
  }
  if (fact.type !== 'case.overdue') return []
  const called = before.cases.find((one) => one.exceptionId === fact.data.exceptionId)
  if (called === undefined) return []
  const role = called.route.escalation[fact.data.level - 1]?.toRole ?? called.owner.role
  const sentence = `${called.code} was due at ${called.dueAt} and is still open: ${called.sentence}`
  return [notify(after, { role, topic: 'case-escalated', sentence })]
}

function alert(facts: ShipmentFacts, sentence: string): Intent {
  const day = expectedDate(facts)
  const when = day === null ? 'goods are on their way' : `goods expected on ${day}`
  return notify(facts, {
    role: 'warehouse',
    topic: 'ship-notice-misaligned',
    sentence: `${when} do not fit what was ordered: ${sentence}`,
  })
}

/** The supplier hears at once what is wrong, and can send another notice before the goods come. */
function supplierAnswer(facts: ShipmentFacts, sentence: string): readonly Intent[] {
  const notice = currentNotice(facts)
  if (notice === null) return []
  const isRejected = isUnreceivable(facts)
  return [
    {
      kind: 'send-supplier-notice',
      supplier: notice.supplier,
      topic: isRejected ? 'ship-notice-rejected' : 'ship-notice-misaligned',
      subject: subjectOf(facts),
      sentence: sentence.slice(0, 2000),
      data: {
        shipNoticeNumber: notice.documentNumber,
        revision: notice.revision,
        findings: misalignments(facts).map(({ discrepancy }) => describeDiscrepancy(discrepancy)),
      },
    },
  ]
}

function notify(
  facts: ShipmentFacts,
  notice: { readonly role: string; readonly topic: string; readonly sentence: string },
): Intent {
  const { role, topic, sentence } = notice
  const subject = subjectOf(facts)
  return { kind: 'notify', role, topic, subject, sentence: sentence.slice(0, 2000) }
}

function subjectOf(facts: ShipmentFacts): string {
  const notice = currentNotice(facts)
  return notice === null
    ? facts.shipmentKey
    : `ship notice ${notice.documentNumber} of ${notice.supplier}`
}
