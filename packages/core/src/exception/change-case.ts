import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import { instant, type Instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import { type Answer, duplicate, refused } from '../message/answer.ts'
import type { Message } from '../message/message.ts'
import {
  applyCaseCommand,
  type CaseCommand,
  cureCase,
  escalateCase,
  refusalToSettle,
} from './apply-case-command.ts'
import { refusalOfResolution } from '../resolution/refusal-of-resolution.ts'
import type { ExceptionCase } from './exception.ts'
import { isOpenCase } from './open-case.ts'

/** What happens to an open case: somebody works on it, its time runs out, or its reason is gone. */
export type CaseChange = { readonly at: Instant; readonly by: Actor } & (
  | CaseCommand
  | { readonly type: 'case.overdue'; readonly data: { readonly exceptionId: string } }
  | {
      readonly type: 'case.cured'
      readonly data: { readonly exceptionId: string; readonly because: string }
    }
)

/** The cases after a change of one of them; what a case does not take leaves it as it is. */
export function changeCases(
  cases: readonly ExceptionCase[],
  change: CaseChange,
  calendar: BusinessCalendar,
): readonly ExceptionCase[] {
  const changed = cases.map((one) =>
    one.exceptionId === change.data.exceptionId ? changedCase(one, change, calendar) : one,
  )
  return change.type === 'case.merged' ? withLinksMoved(changed, change.data) : changed
}

/** The case that goes on answers for the holds and disputes of the one merged into it, which keeps them as its history. */
function withLinksMoved(
  cases: readonly ExceptionCase[],
  { exceptionId, into }: { readonly exceptionId: string; readonly into: string },
): readonly ExceptionCase[] {
  const merged = cases.find((one) => one.exceptionId === exceptionId)
  if (merged?.state !== 'merged') return cases
  return cases.map((one) =>
    one.exceptionId === into
      ? {
          ...one,
          holdIds: [...new Set([...one.holdIds, ...merged.holdIds])],
          disputeIds: [...new Set([...one.disputeIds, ...merged.disputeIds])],
        }
      : one,
  )
}

function changedCase(
  exceptionCase: ExceptionCase,
  change: CaseChange,
  calendar: BusinessCalendar,
): ExceptionCase {
  const { at } = change
  if (change.type === 'case.cured') {
    return cureCase({ exceptionCase, at, because: change.data.because }) ?? exceptionCase
  }
  if (change.type === 'case.overdue') return escalateCase(exceptionCase) ?? exceptionCase
  const by = change.by.id
  const answer = applyCaseCommand({ exceptionCase, command: change, by, at, calendar })
  return answer.outcome === 'applied' ? answer.case : exceptionCase
}

/** Why a command about one of the cases is not to be applied; null when it is. */
export function checkCaseCommand(
  cases: readonly ExceptionCase[],
  {
    message,
    command,
    calendar,
  }: {
    readonly message: Message
    readonly command: CaseCommand
    readonly calendar: BusinessCalendar
  },
): Answer | null {
  const exceptionCase = cases.find((one) => one.exceptionId === command.data.exceptionId)
  if (exceptionCase === undefined) return refused('case-unknown', 'there is no such case')
  const barred = refusalToSettle(command.type, message.actor)
  if (barred !== null) return refused(barred.reason, barred.sentence)
  const by = message.actor.id
  const at = instant(message.receivedAt)
  const answer = applyCaseCommand({ exceptionCase, command, by, at, calendar })
  if (answer.outcome === 'refused') return refused(answer.reason, answer.sentence)
  const isUnusual = refusalOfResolution(exceptionCase, command) ?? refusalToMerge(cases, command)
  return isUnusual === null ? null : refused(isUnusual.reason, isUnusual.sentence)
}

/** Why a case is not to be merged into another; null when it may, or is not to be merged. */
function refusalToMerge(
  cases: readonly ExceptionCase[],
  command: CaseCommand,
): { readonly reason: string; readonly sentence: string } | null {
  if (command.type !== 'case.merged') return null
  const { exceptionId, into } = command.data
  if (into === exceptionId) {
    return { reason: 'merged-into-itself', sentence: 'a case is not merged into itself' }
  }
  const target = cases.find((one) => one.exceptionId === into)
  if (target === undefined) {
    return { reason: 'case-unknown', sentence: `there is no case \`${into}\` to merge it into` }
  }
  // An open case was merged into nothing, so no circle can be closed.
  if (isOpenCase(target)) return null
  return {
    reason: 'case-settled',
    sentence: `case ${target.code} is ${target.state}: only an open case takes another in`,
  }
}

/** Why the running out of a case's time is not to be applied: somebody settled it, or it was called for before. */
export function checkOverdueCase(
  cases: readonly ExceptionCase[],
  { exceptionId, level }: { readonly exceptionId: string; readonly level: number },
): Answer | null {
  const called = cases.find((one) => one.exceptionId === exceptionId)
  const isOver = called === undefined || !isOpenCase(called) || called.escalationLevel >= level
  return isOver ? duplicate('the case is settled, or was called for already') : null
}
