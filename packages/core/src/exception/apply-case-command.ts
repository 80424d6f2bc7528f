import * as z from 'zod'
import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import { addBusinessHours, businessHoursBetween } from '../calendar/business-hours.ts'
import type { Instant } from '../calendar/instant.ts'
import { type LifecyclePosition, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { type Actor, refusalOfPerson } from '../message/actor.ts'
import { Money } from '../money/money.ts'
import { type ExceptionCase, type ExceptionState, RootCause } from './exception.ts'
import {
  exceptionLifecycle,
  type ExceptionLifecycleContext,
  type ExceptionLifecycleEvent,
} from './exception-lifecycle.machine.ts'
import { isPaused } from './open-case.ts'

const exceptionId = z.string().min(1).max(400)
const note = z.string().max(2000)
const reason = z.string().trim().min(1).max(1000)
const resolutionCode = z.string().trim().min(1).max(60)

/** What people say to a case, by message type. A resolution code is one of MODEL §5, in kebab-case: `accept-as-is`. */
export const caseCommandSchemas = {
  /** Somebody who looked at it says what its cause looks like, before it is worked on. */
  'case.classified': z.strictObject({ exceptionId, rootCause: RootCause, note: note.optional() }),
  'case.assigned': z.strictObject({
    exceptionId,
    person: z.string().min(1).max(120).meta({ 'x-personal': 'name' }).nullable(),
    role: z.string().min(1).max(60).optional(),
    /** Why it is somebody else's now. Absent: nobody said, and in records of before it could be said. */
    reason: reason.optional(),
  }),
  'case.taken': z.strictObject({ exceptionId }),
  'case.waiting': z.strictObject({
    exceptionId,
    for: z.enum(['supplier', 'internal', 'approval']),
    note: note.optional(),
  }),
  'case.proposed': z.strictObject({ exceptionId, code: resolutionCode, note: note.optional() }),
  'case.approved': z.strictObject({ exceptionId, note: note.optional() }),
  /** What was agreed on is being done. */
  'case.executing': z.strictObject({ exceptionId, note: note.optional() }),
  'case.resolved': z.strictObject({
    exceptionId,
    code: resolutionCode,
    note: note.nullish(),
    rootCause: RootCause.nullish(),
    /** How much is to come back, be written off or not be paid. Absent: all that is at stake. */
    amount: Money.optional(),
    /** Goods that go back are not to be delivered again. Absent: they are. */
    noReplacement: z.boolean().optional(),
  }),
  'case.verified': z.strictObject({ exceptionId }),
  'case.closed': z.strictObject({ exceptionId, rootCause: RootCause.nullish() }),
  'case.bypassed': z.strictObject({ exceptionId, reason }),
  'case.merged': z.strictObject({ exceptionId, into: exceptionId }),
  'case.reopened': z.strictObject({ exceptionId, reason }),
} as const

/** The type of a message that is about a case. */
export type CaseCommandType = keyof typeof caseCommandSchemas

/** A command about a case: its type and what it says. */
export type CaseCommand = {
  [Type in CaseCommandType]: {
    readonly type: Type
    readonly data: z.infer<(typeof caseCommandSchemas)[Type]>
  }
}[CaseCommandType]

/** What became of a command: the case afterwards, or why it cannot be done. */
export type CaseCommandAnswer =
  | { readonly outcome: 'applied'; readonly case: ExceptionCase }
  | { readonly outcome: 'refused'; readonly reason: string; readonly sentence: string }

/** True for the type of a message that is about a case. */
export function isCaseCommandType(type: string): type is CaseCommandType {
  return Object.hasOwn(caseCommandSchemas, type)
}

/** Applies what a person decided to a case. What its state does not allow is refused with a reason, and nothing changes. */
export function applyCaseCommand({
  exceptionCase,
  command,
  by,
  at,
  calendar,
}: {
  readonly exceptionCase: ExceptionCase
  readonly command: CaseCommand
  /** Id of the actor. */
  readonly by: string
  readonly at: Instant
  /** The calendar the owner's hours are counted on; needed to move the due time past a pause. */
  readonly calendar: BusinessCalendar
}): CaseCommandAnswer {
  const moved = moveCase(exceptionCase, eventOf(command))
  if (moved === null) return refusal(exceptionCase, command)
  if (command.type === 'case.approved' && exceptionCase.proposal?.by === by) {
    return {
      outcome: 'refused',
      reason: 'same-person',
      sentence: `\`${by}\` proposed how to settle the case, so somebody else has to agree`,
    }
  }
  const stopped = pauseClock({ before: exceptionCase, after: moved, at, calendar })
  return { outcome: 'applied', case: recordOf(stopped, command, { by, at }) }
}

/**
 * Why an actor may not say how a case ends; null when he may. A machine's advice and a supplier's wish settle nothing: the
 * case might stand between a supplier and its money (INV-21). Only a person agrees to a proposal, or takes up what is over.
 */
export function refusalToSettle(
  type: CaseCommandType,
  actor: Pick<Actor, 'kind' | 'assurance'>,
): { readonly reason: string; readonly sentence: string } | null {
  const { kind } = actor
  if (!settlingTypes.has(type)) return null
  // What is over is taken up again only by somebody who can answer for it (INV-22).
  if (type === 'case.approved' || type === 'case.reopened' || kind === 'user')
    return refusalOfPerson(actor)
  if (kind !== 'ai' && kind !== 'supplier-user') return null
  return {
    reason: 'not-a-buyer',
    sentence: "only the buyer's own people and systems settle a case",
  }
}

// The cause somebody names early stands in the settlement later on, so it is no matter for a supplier either.
const settlingTypes: ReadonlySet<CaseCommandType> = new Set<CaseCommandType>([
  'case.classified',
  'case.approved',
  'case.executing',
  'case.resolved',
  'case.bypassed',
  'case.merged',
  'case.verified',
  'case.closed',
  'case.reopened',
])

/** Calls the next role: the case stays with its owner and its level rises by one. Null when it is no longer open. */
export function escalateCase(exceptionCase: ExceptionCase): ExceptionCase | null {
  return moveCase(exceptionCase, { type: 'escalate' })
}

/**
 * Closes a case whose reason is gone, saying what made it go: the receipt came, the order was changed. Null when somebody
 * settled it before.
 */
export function cureCase({
  exceptionCase,
  at,
  because,
}: {
  readonly exceptionCase: ExceptionCase
  readonly at: Instant
  readonly because: string
}): ExceptionCase | null {
  const moved = moveCase(exceptionCase, { type: 'cure' })
  if (moved === null) return null
  const resolution = {
    code: 'cured',
    by: 'counterfoil',
    at,
    note: because.slice(0, 2000),
    rootCause: 'timing' as const,
  }
  return { ...moved, resolution }
}

/** The case after one step of its lifecycle; null when its state does not take it. */
export function moveCase(
  exceptionCase: ExceptionCase,
  event: ExceptionLifecycleEvent,
): ExceptionCase | null {
  const moved = moveLifecycle(exceptionLifecycle, positionOf(exceptionCase), event)
  if (!moved.changed) return null
  return {
    ...exceptionCase,
    state: stateAt(moved),
    escalationLevel: moved.context.escalationLevel,
  }
}

function positionOf(exceptionCase: ExceptionCase): LifecyclePosition<ExceptionLifecycleContext> {
  const { state, escalationLevel, route } = exceptionCase
  return {
    value: {
      work: openStates.has(state) ? { open: state } : state,
      escalation: escalationLevel > 0 ? 'escalated' : 'not-escalated',
    },
    context: { escalationLevel, bypassAllowed: route.bypassAllowed === true },
  }
}

const openStates: ReadonlySet<string> = new Set(
  Object.keys(exceptionLifecycle.config.states?.work?.states?.open?.states ?? {}),
)

function stateAt(position: LifecyclePosition<unknown>): ExceptionState {
  const work = typeof position.value === 'string' ? undefined : position.value['work']
  const state = typeof work === 'object' ? work['open'] : work
  return state as ExceptionState
}

function eventOf(command: CaseCommand): ExceptionLifecycleEvent {
  switch (command.type) {
    case 'case.classified':
      return { type: 'classify' }
    case 'case.assigned':
      return { type: 'assign' }
    case 'case.taken':
      return { type: 'take' }
    case 'case.waiting':
      return { type: 'wait', for: command.data.for }
    case 'case.proposed':
      return { type: 'propose' }
    case 'case.approved':
      return { type: 'approve' }
    case 'case.executing':
      return { type: 'execute' }
    case 'case.resolved':
      return { type: 'resolve' }
    case 'case.verified':
      return { type: 'verify' }
    case 'case.closed':
      return { type: 'close' }
    case 'case.bypassed':
      return { type: 'bypass' }
    case 'case.merged':
      return { type: 'merge' }
    case 'case.reopened':
      return { type: 'reopen' }
  }
}

/** Hours that pass while the supplier is to answer are added to the due time where the routing rules say so. */
export function pauseClock({
  before,
  after,
  at,
  calendar,
}: {
  readonly before: ExceptionCase
  readonly after: ExceptionCase
  readonly at: Instant
  readonly calendar: BusinessCalendar
}): ExceptionCase {
  if (!isPaused(before) && isPaused(after)) return { ...after, pausedAt: at }
  if (!isPaused(before) || isPaused(after) || before.pausedAt === undefined) return after
  const { pausedAt: _, ...resumed } = after
  const hours = Math.max(0, businessHoursBetween(before.pausedAt, at, calendar))
  return { ...resumed, dueAt: addBusinessHours(before.dueAt, hours, calendar) }
}

function recordOf(
  exceptionCase: ExceptionCase,
  command: CaseCommand,
  done: { readonly by: string; readonly at: Instant },
): ExceptionCase {
  const { owner } = exceptionCase
  switch (command.type) {
    case 'case.classified': {
      const { rootCause, note: text } = command.data
      return { ...exceptionCase, classification: { rootCause, ...done, note: text ?? null } }
    }
    case 'case.assigned':
      return {
        ...exceptionCase,
        owner: { role: command.data.role ?? owner.role, person: command.data.person },
      }
    case 'case.taken':
      return { ...exceptionCase, owner: { role: owner.role, person: done.by } }
    case 'case.proposed':
      return {
        ...exceptionCase,
        proposal: { code: command.data.code, ...done, note: command.data.note ?? null },
      }
    case 'case.resolved':
      return resolvedAs(exceptionCase, command.data, done)
    case 'case.bypassed':
      return resolvedAs(exceptionCase, { code: 'bypassed', note: command.data.reason }, done)
    case 'case.merged':
      return resolvedAs(exceptionCase, { code: 'merged', note: command.data.into }, done)
    case 'case.closed':
      return closedWith(exceptionCase, command.data.rootCause ?? null)
    case 'case.reopened':
      return { ...exceptionCase, resolution: null }
    case 'case.waiting':
    case 'case.approved':
    case 'case.executing':
    case 'case.verified':
      return exceptionCase
  }
}

function resolvedAs(
  exceptionCase: ExceptionCase,
  said: {
    readonly code: string
    readonly note?: string | null | undefined
    readonly rootCause?: RootCause | null | undefined
  },
  { by, at }: { readonly by: string; readonly at: Instant },
): ExceptionCase {
  const { code, note: text, rootCause } = said
  return {
    ...exceptionCase,
    resolution: {
      code,
      by,
      at,
      note: text ?? null,
      rootCause: rootCause ?? exceptionCase.classification?.rootCause ?? null,
    },
  }
}

function closedWith(exceptionCase: ExceptionCase, rootCause: RootCause | null): ExceptionCase {
  const { resolution } = exceptionCase
  if (resolution === null || rootCause === null) return exceptionCase
  return { ...exceptionCase, resolution: { ...resolution, rootCause } }
}

function refusal(exceptionCase: ExceptionCase, command: CaseCommand): CaseCommandAnswer {
  const isBypass = command.type === 'case.bypassed' && openStates.has(exceptionCase.state)
  return {
    outcome: 'refused',
    reason: isBypass ? 'bypass-not-allowed' : 'case-state',
    sentence: isBypass
      ? `case ${exceptionCase.code} cannot be set aside unsolved: its routing rules do not allow it`
      : `\`${command.type}\` cannot be done with case ${exceptionCase.code}: it is ${exceptionCase.state}`,
  }
}
