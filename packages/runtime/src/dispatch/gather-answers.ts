import type { Message } from '@counterfoil/core'
import { isAnswerToEffect } from './deliver-effect.ts'

/** What one round of a tick did; `told` is null where nobody looked for messages. */
export type Round = {
  readonly told: readonly Pick<Message, 'id' | 'actor'>[] | null
  readonly timersFired: number
  readonly started: number
  readonly delivered: number
}

/**
 * Whether answers of systems are gathered before they are told. An order of a thousand lines has a thousand records written
 * one after the other, and every answer told by itself would store the whole order again. So where rounds in a row told
 * nothing but answers, those that follow are told by the batch. Nothing is held back for longer than it takes to fill one,
 * nor once a round neither began nor ended an effect.
 */
export type Gathering = {
  readonly isOn: () => boolean
  readonly round: (round: Round) => void
}

/** So many rounds of answers alone are told as they come: an order of a few lines is told what it is at once. */
const roundsOfAnswersMin = 8

/** Nothing gathered yet. A batch is full with so many answers. */
export function createGathering(batchMax: number): Gathering {
  let roundsOfAnswers = 0
  let gathered = 0
  let roundsGathered = 0
  let isFlowing = false

  return {
    isOn: () =>
      isFlowing &&
      roundsOfAnswers >= roundsOfAnswersMin &&
      Math.max(gathered, roundsGathered) < batchMax,
    round: ({ told, timersFired, started, delivered }) => {
      isFlowing = started + delivered > 0
      if (told === null) {
        gathered += delivered
        roundsGathered += 1
        return
      }
      gathered = delivered
      roundsGathered = 0
      const isOfAnswers = timersFired === 0 && told.every(isAnswerToEffect)
      if (!isOfAnswers) roundsOfAnswers = 0
      else if (told.length > 0) roundsOfAnswers += 1
    },
  }
}
