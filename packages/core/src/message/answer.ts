import { refusalOfPerson } from './actor.ts'
import type { DecisionOutcome } from './decision.ts'
import type { Message } from './message.ts'

/** Why a message is not applied: it was before, it has to wait, or it is not allowed. */
export type Answer = Exclude<DecisionOutcome, { readonly kind: 'applied' }>

/** The message was applied before, or says nothing new. */
export function duplicate(sentence: string): Answer {
  return { kind: 'duplicate', sentence }
}

/** The message waits for something. */
export function parked(reason: string, sentence: string): Answer {
  return { kind: 'parked', reason, sentence }
}

/** The message asks for what is not allowed. */
export function refused(reason: string, sentence: string): Answer {
  return { kind: 'refused', reason, sentence }
}

/** Refuses what a system, a machine or nobody knows who says where a person has to decide; null for a person. */
export function personOnly({ actor }: Pick<Message, 'actor'>): Answer | null {
  const refusal = refusalOfPerson(actor)
  return refusal === null ? null : refused(refusal.reason, refusal.sentence)
}
