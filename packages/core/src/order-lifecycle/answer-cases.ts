import { awaitedAnswers } from './awaited-answers.ts'
import type { OrderState, ScheduleStanding } from './order-state.ts'
import { ownCase, type WantedOrderCase } from './own-case.ts'

/** The supplier has not answered something else in time; over when it did, or nothing is to be answered any more. */
export function lateAnswers(state: OrderState): readonly WantedOrderCase[] {
  const late = new Set(state.facts.overdue.answers)
  if (late.size === 0) return []
  return awaitedAnswers(state)
    .filter(({ about }) => late.has(about))
    .map(({ about, since, asked }) =>
      ownCase(state, {
        key: `late-answer/${about}`,
        code: 'LATE_CONFIRMATION',
        sentence: `the supplier was asked at ${since}, and has not answered: ${asked}`.slice(
          0,
          1000,
        ),
      }),
    )
}

/** Goods the supplier refused, and the buyer did without, are promised after all: somebody has to say whether they still are wanted. */
export function promisedAfterAll(state: OrderState): readonly WantedOrderCase[] {
  return state.standing.lines.flatMap(({ orderLineNumber: line, schedules }) =>
    schedules.flatMap(({ scheduleNumber, saidAfterwards, answeredBy, states }) =>
      saidAfterwards === undefined || states.closure !== 'refused'
        ? []
        : [
            ownCase(state, {
              key: `promised-after-all/${line}/${scheduleNumber}/${saidAfterwards}`,
              code: 'QTY_CHANGE',
              place: { line, schedule: scheduleNumber },
              sentence: `line ${line}, schedule ${scheduleNumber}: ${saidAfterwards} promises what was refused in ${answeredBy ?? 'its last answer'} and is done without; order it anew if it is wanted`,
            }),
          ],
    ),
  )
}

/** In words, that a final answer stands. */
export function afterwards({ answeredBy }: Pick<ScheduleStanding, 'answeredBy'>): string {
  return `what was agreed in ${answeredBy ?? 'its last answer'} stands until this is decided`
}
