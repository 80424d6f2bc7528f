import type { Approval } from '../approval/approval.ts'
import type { ApprovalAnswer } from '../approval/approval-progress.ts'
import { isLastStep, isStepDone, personsOf } from '../approval/run-approval.ts'
import type { Authority } from '../authority/authority-answer.ts'
import { isInForce } from '../authority/authority-directory.ts'
import { limitRefusal } from '../authority/check-limit.ts'
import { breachesAmong } from '../authority/duty.ts'
import type { Instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { localDateOf } from '../calendar/time-zone.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { isPaid, makersOf } from '../invoice-lifecycle/current-invoice.ts'
import { dutiesOfCase, openBreaches } from '../invoice-lifecycle/invoice-duties.ts'
import type { InvoiceFacts } from '../invoice-lifecycle/invoice-state.ts'
import { dutiesHoldCode } from '../invoice-lifecycle/wanted-holds.ts'
import { dutiesOfOrder } from '../order-lifecycle/order-duties.ts'
import { orderValueOf } from '../order-lifecycle/order-value.ts'
import type { World } from '../world/world.ts'
import { atInvoice, atOrder, type Breach } from './invariant.ts'

/**
 * INV-15, read from what is stored: every answer to an approval is of somebody with no hand in the matter, within the limit and
 * the days of the authority it names; and what is approved was agreed to by as many as had to.
 */
export function authorities(world: World): readonly Breach[] {
  return [
    ...Object.entries(world.invoices).flatMap(([key, { facts }]) =>
      facts.approvals
        .flatMap((approval) => faultsOf(approval, facts))
        .map((sentence) => atInvoice(key, sentence)),
    ),
    ...Object.entries(world.orders).flatMap(([key, { facts }]) =>
      approvedBeyond(world, key, facts.draft === null ? null : orderValueOf(facts.draft)),
    ),
  ]
}

function faultsOf(approval: Approval, facts: InvoiceFacts): readonly string[] {
  const { approvalId, progress, state } = approval
  if (progress === undefined) return []
  const isAgreed = state !== 'approved' || (isLastStep(approval) && isStepDone(approval))
  const stands = isAgreed ? [] : [`${approvalId} stands as approved, and its steps are not done`]
  const { timeZone } = facts.calendar ?? officeHours
  return [
    ...stands,
    ...progress.answers.flatMap((answer) => faultsOfAnswer(approval, answer, makersOf(facts))),
    ...progress.answers.flatMap(({ authority, by, at }) =>
      authority === undefined ? [] : faultsOfChain(authority, { by, at, timeZone }),
    ),
    ...progress.handedOver
      .filter(({ from, to }) => from === to)
      .map(({ from }) => `${from} handed ${approvalId} to themselves`),
  ]
}

function faultsOfAnswer(
  approval: Approval,
  answer: ApprovalAnswer,
  makers: readonly string[],
): readonly string[] {
  if (answer.answer !== 'approved') return []
  const { approvalId, requestedBy, exposure, decisionType } = approval
  const own = personsOf(answer).find((one) => one === requestedBy || makers.includes(one))
  const limit =
    answer.authority === undefined ? null : limitRefusal(answer.authority, exposure, decisionType)
  return [
    ...(own === undefined
      ? []
      : [`${own} had a hand in what ${answer.by} approved, ${approvalId}`]),
    ...(limit === null ? [] : [`${answer.by} approved ${approvalId}: ${limit.sentence}`]),
  ]
}

/** A chain of delegations leads from its holder to who acted, through nobody twice, and all of it held on the day. */
function faultsOfChain(
  { delegatedBy = [], delegations = [] }: Authority,
  { by, at, timeZone }: { readonly by: string; readonly at: Instant; readonly timeZone: string },
): readonly string[] {
  const through = [...delegatedBy, by]
  const date = localDateOf(at, timeZone)
  const isRound = new Set(through).size < through.length
  return [
    ...(isRound ? [`the authority of ${by} leads round: ${through.join(' → ')}`] : []),
    ...delegations
      .filter((one) => !isInForce(one, date))
      .map(({ from, to }) => `${to} acted for ${from} on ${date}, when it was not delegated`),
  ]
}

function approvedBeyond(
  { log }: World,
  key: string,
  value: ReturnType<typeof orderValueOf>,
): readonly Breach[] {
  const ofOrder = log.filter(({ aggregate }) => aggregate.kind === 'order' && aggregate.key === key)
  const last = ofOrder.findLast(({ type }) => type === 'order.drafted' || type === 'order.approved')
  if (last?.type !== 'order.approved' || last.authority === undefined) return []
  const refusal = limitRefusal(last.authority, value, 'order')
  return refusal === null ? [] : [atOrder(key, `${last.actor.id} approved it: ${refusal.sentence}`)]
}

/**
 * INV-16, read from what is stored: nobody did two duties of a case that are kept apart, unless it is held for that, or somebody
 * with no hand in either stands for it.
 */
export function dutiesApart(world: World): readonly Breach[] {
  return [
    ...Object.entries(world.invoices).flatMap(([key, { facts }]) =>
      [...unstoppedBreaches(facts), ...falseCompensations(facts)].map((one) => atInvoice(key, one)),
    ),
    ...Object.entries(world.orders).flatMap(([key, { facts }]) =>
      breachesAmong(dutiesOfOrder(facts)).map(({ person, did, duty }) =>
        atOrder(key, `${person} did both ${did} and ${duty}`),
      ),
    ),
  ]
}

function unstoppedBreaches(facts: InvoiceFacts): readonly string[] {
  const isStopped =
    facts.holds.some((hold) => isOpenHold(hold) && hold.code === dutiesHoldCode) &&
    facts.released === null &&
    !isPaid(facts)
  // Entering and counting come to light together only once the order answers; by then nothing may have been paid.
  return openBreaches(facts)
    .filter(({ did }) => did !== 'receive' || (!isStopped && facts.closing === null))
    .map(({ person, did, duty }) => `${person} did both ${did} and ${duty}`)
}

function falseCompensations(facts: InvoiceFacts): readonly string[] {
  const done = dutiesOfCase(facts)
  return (facts.compensations ?? []).flatMap(({ person, approvedBy, duties }) => {
    const isOwn =
      person === approvedBy ||
      done.some(({ duty, by }) => by === approvedBy && duties.includes(duty))
    return isOwn ? [`${approvedBy} stands for ${duties.join(' and ')}, with a hand in it`] : []
  })
}
