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
  return cases.map((one) =>
    one.exceptionId === change.data.exceptionId ? changedCase(one, change, calendar) : one,
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
  return answer.outcome === 'refused' ? refused(answer.reason, answer.sentence) : null
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
