import type { DeadLetter } from '@counterfoil/runtime'
import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl } from '../paging/connection.sdl.ts'

/** Words about dead letters. */
export const deadLetterEnums = [
  defineEnum('DeadLetterState', 'What became of something that could not be carried out.', {
    waiting: 'It waits for a person.',
    redriven: 'It was tried again.',
    discarded: 'It was given up, and stays on record.',
  } satisfies Record<DeadLetter['state'], string>),
  defineEnum('DeadLetterKind', 'What could not be carried out.', {
    effect: 'Something that had to be sent or written outside.',
    message: 'Something an order, shipment or invoice could not decide about.',
  } satisfies Record<DeadLetter['content']['kind'], string>),
]

/** Dead letters. */
export const deadLetterSdl = `
"""
Something that could not be carried out and waits for a person.
"""
type DeadLetter {
  """
  What it is known by here.
  """
  deadLetterId: ID!
  """
  Whether it was to go out or to be decided.
  """
  kind: DeadLetterKind!
  """
  What it belongs to.
  """
  aggregate: AggregateReference!
  """
  Where it was to go; null for a message.
  """
  destination: String
  """
  What it says: the type of the message, or the kind of what was to be sent.
  """
  subject: String!
  """
  All of it, as JSON.
  """
  content: Json!
  """
  When it died.
  """
  at: Instant!
  """
  How often it was tried.
  """
  attempts: Int!
  """
  Why the last attempt failed.
  """
  sentence: String!
  """
  What became of it.
  """
  state: DeadLetterState!
  """
  The case opened for it; null where the order or invoice it belongs to has a case for it.
  """
  exception: ExceptionCase
  """
  Who dealt with it, when, and their note.
  """
  settled: Settlement
}
${connectionSdl('DeadLetter', 'dead letters')}`
