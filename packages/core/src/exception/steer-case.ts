import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import type { Instant } from '../calendar/instant.ts'
import { moveCase, pauseClock } from './apply-case-command.ts'
import type { ExceptionCase } from './exception.ts'
import { isOpenCase } from './open-case.ts'

type Steering = {
  readonly exceptionCase: ExceptionCase
  readonly at: Instant
  readonly calendar: BusinessCalendar
}

/**
 * Lets a case wait for what its settlement is to bring. One that was settled a moment ago is open again until that has
 * come: what somebody asked for is not there yet.
 */
export function awaitSettlement(
  steering: Steering,
  waitsFor: 'supplier' | 'internal' | 'approval',
): ExceptionCase {
  const { exceptionCase, at, calendar } = steering
  const { resolution } = exceptionCase
  const open = isOpenCase(exceptionCase)
    ? exceptionCase
    : moveCase(exceptionCase, { type: 'reopen' })
  const after = open === null ? null : moveCase(open, { type: 'wait', for: waitsFor })
  if (after === null) return exceptionCase
  const stopped = pauseClock({ before: exceptionCase, after, at, calendar })
  if (resolution === null) return stopped
  const { code, by, at: chosenAt, note } = resolution
  return { ...stopped, resolution: null, proposal: { code, by, at: chosenAt, note } }
}

/** Puts a case that waited back on its owner's desk. */
export function resumeCase({ exceptionCase, at, calendar }: Steering): ExceptionCase {
  if (!isWaitingCase(exceptionCase)) return exceptionCase
  const after = moveCase(exceptionCase, { type: 'take' })
  if (after === null) return exceptionCase
  return pauseClock({ before: exceptionCase, after, at, calendar })
}

/** Settles a case because what it waited for came. One that is settled stays as it is. */
export function finishCase(
  { exceptionCase, at, calendar }: Steering,
  resolution: Omit<NonNullable<ExceptionCase['resolution']>, 'at'>,
): ExceptionCase {
  const after = moveCase(exceptionCase, { type: 'resolve' })
  if (after === null) return exceptionCase
  const stopped = pauseClock({ before: exceptionCase, after, at, calendar })
  return { ...stopped, resolution: { ...resolution, at } }
}

/** True while a case waits for somebody else than its owner. */
export function isWaitingCase({ state }: Pick<ExceptionCase, 'state'>): boolean {
  return (
    state === 'waiting-supplier' || state === 'waiting-internal' || state === 'waiting-approval'
  )
}
