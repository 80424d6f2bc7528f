import { compareDecimals } from '../decimal/decimal-arithmetic.ts'
import { isDecimal } from '../decimal/decimal-text.ts'
import { splitKey } from '../identity/identity.ts'
import { isSameFacts } from '../lifecycle/is-same-facts.ts'
import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import {
  changeRequestLifecycle,
  type ChangeLifecycleFacts,
  type ChangeLifecycleState,
} from '../order-change/change-request-lifecycle.machine.ts'
import type { OrderDifference } from '../order-change/order-change.ts'
import { systemActor } from '../message/actor.ts'
import { differenceStanding, type OrderFrame } from './order-frame.ts'
import type { ChangeStanding, LineStanding, Proposal } from './order-state.ts'

/** Every change somebody wished for, as it stands: change requests, and answers of the supplier that differ. */
export function standChanges(
  frame: OrderFrame,
  lines: readonly LineStanding[],
  before: readonly ChangeStanding[],
): readonly ChangeStanding[] {
  const proposals = new Map(
    lines.flatMap((line) =>
      line.proposals.map((proposal) => [proposal.changeId, { line, proposal }] as const),
    ),
  )
  const { changes, decisions, changeNews } = frame.facts
  if (proposals.size + changes.length === 0 && Object.keys(decisions).length === 0) return []
  const answers = new Set(
    [...proposals.keys(), ...Object.keys(decisions), ...Object.keys(changeNews)].filter(
      (changeId) => splitKey(changeId)[0] === 'answer',
    ),
  )
  const requested = changes.map((change): Wish => ({
    ...change,
    orderLineNumber: null,
    scheduleNumber: null,
    isSubmitted: true,
  }))
  const proposed = [...answers].toSorted().map((changeId): Wish => {
    const [, documentNumber = '', , orderLineNumber = '', scheduleNumber = ''] = splitKey(changeId)
    const proposal = proposals.get(changeId)?.proposal
    const decision = decisions[changeId]
    return {
      changeId,
      initiator: 'supplier',
      documentNumber,
      orderLineNumber,
      scheduleNumber,
      basedOnVersion: decision?.basedOnVersion ?? frame.order.version,
      differences: decision?.differences ?? proposal?.differences ?? [],
      isSubmitted: proposal === undefined || isJudged(proposal, frame),
    }
  })
  return [...requested, ...proposed].map((wish) => standChange(wish, frame, before))
}

type Wish = Omit<ChangeStanding, 'state' | 'facts'> & { readonly isSubmitted: boolean }

/** The rules found that somebody has to decide. */
function isJudged({ undecided }: Proposal, { desk }: OrderFrame): boolean {
  return undecided.some((identity) => differenceStanding(desk, identity) === 'open')
}

function standChange(
  { isSubmitted, ...wish }: Wish,
  frame: OrderFrame,
  before: readonly ChangeStanding[],
): ChangeStanding {
  const { changeId, initiator, documentNumber, orderLineNumber, scheduleNumber } = wish
  const { basedOnVersion, differences } = wish
  const facts = changeFacts({ ...wish, isSubmitted }, frame)
  const known = before.find((change) => change.changeId === changeId)
  return {
    changeId,
    initiator,
    documentNumber,
    orderLineNumber,
    scheduleNumber,
    basedOnVersion,
    differences,
    state: stateOf(facts, known),
    facts,
  }
}

function changeFacts(
  wish: Wish,
  { facts, desk, order, current }: OrderFrame,
): ChangeLifecycleFacts {
  const { changeId, basedOnVersion, initiator } = wish
  const decision = facts.decisions[changeId]
  const news = facts.changeNews[changeId]
  const isOwn = decision?.by === systemActor.id || initiator === 'buyer'
  const isAutoAccepted = isOwn && decision?.decision === 'accept'
  const isAccepted = decision?.decision === 'accept'
  const isInForce =
    current.carriedOut.includes(changeId) ||
    current.versions.some((version) => version.changeId === changeId)
  return {
    isSubmitted: wish.isSubmitted,
    isAutoAccepted,
    canHaveImpact: desk.conduct?.assessImpact === true && canHaveImpact(wish.differences),
    isImpactKnown: news?.impact !== undefined,
    decision: isAutoAccepted ? 'none' : (decision?.decision ?? 'none'),
    isWithdrawn: news?.withdrawn !== undefined,
    isExpired: news?.expired === true,
    isSuperseded: isAccepted
      ? !isInForce
      : basedOnVersion < order.version && decision === undefined,
    written: writtenOf(news?.written, current.carriedOut.includes(changeId)),
    isClosed:
      facts.control.archived === true ||
      (decision !== undefined &&
        order.version > basedOnVersion + (isAccepted ? 1 : 0) &&
        (!isAccepted || isInForce)),
  }
}

function writtenOf(
  written: 'applied' | 'conflict' | 'refused' | undefined,
  isCarriedOut: boolean,
): ChangeLifecycleFacts['written'] {
  if (isCarriedOut || written === 'applied') return 'applied'
  return written === undefined ? 'no' : 'failed'
}

/** Delays, decreases and cancellations can hurt an order downstream; earlier days, more, prices and units cannot. */
export function canHaveImpact(differences: readonly OrderDifference[]): boolean {
  return differences.some(({ path, from, to }) => {
    if (to === null) return true
    if (path.endsWith('/requestedDate')) return from !== null && to > from
    if (!path.endsWith('/quantityOrdered') || from === null) return false
    return isDecimal(from) && isDecimal(to) && compareDecimals(to, from) < 0
  })
}

function stateOf(
  facts: ChangeLifecycleFacts,
  known: ChangeStanding | undefined,
): ChangeLifecycleState {
  if (known === undefined) {
    return beginLifecycle(changeRequestLifecycle, facts).value as ChangeLifecycleState
  }
  if (isSameFacts(facts, known.facts)) return known.state
  const position = { value: known.state, context: known.facts }
  const event = { type: 'facts.changed' as const, facts }
  return moveLifecycle(changeRequestLifecycle, position, event).value as ChangeLifecycleState
}
