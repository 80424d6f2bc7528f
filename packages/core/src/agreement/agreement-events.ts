import * as z from 'zod'
import type { Authority } from '../authority/authority-answer.ts'
import { Instant } from '../calendar/instant.ts'
import { Discrepancy } from '../discrepancy/discrepancy.ts'
import { ExceptionCase } from '../exception/exception.ts'
import type { Actor } from '../message/actor.ts'
import { PolicyDecision } from '../policy/policy.ts'
import { type AgreementMessage, agreementMessages } from './agreement-messages.ts'

const id = z.string().min(1).max(600)
const because = z.string().max(2000)

/** A release's price was held against the tolerances in force. */
export const ReleaseJudged = z.strictObject({
  /** What was judged: the same measure is judged once. */
  identity: z.string().max(2000),
  discrepancy: Discrepancy,
  judgement: z.enum(['within', 'warn', 'outside']),
  policy: PolicyDecision,
})

/** A case was opened for a person; `wantedKey` names what it is for, so that it is opened once. */
export const AgreementCaseOpened = z.strictObject({
  case: ExceptionCase,
  wantedKey: z.string().max(2000),
})
export const AgreementCaseCured = z.strictObject({ exceptionId: id, because })

/** A wait began, with the clock that ends it; the due instant is counted once and kept. */
export const AgreementWaitStarted = z.strictObject({
  timerId: id,
  type: z.string().max(120),
  dueAt: Instant,
  data: z.record(z.string(), z.json()),
})
export const AgreementWaitEnded = z.strictObject({ timerId: id })

/** What an agreement decided itself, by event type. */
export const agreementDecisions = {
  'release.judged': ReleaseJudged,
  'case.opened': AgreementCaseOpened,
  'case.cured': AgreementCaseCured,
  'wait.started': AgreementWaitStarted,
  'wait.ended': AgreementWaitEnded,
} as const

/** Something an agreement decided itself. */
export type AgreementDecision = {
  [Type in keyof typeof agreementDecisions]: {
    readonly type: Type
    readonly data: z.infer<(typeof agreementDecisions)[Type]>
  }
}[keyof typeof agreementDecisions]

/** Every event an agreement's state is made of, with the schema of its data. */
export const agreementEvents = { ...agreementMessages, ...agreementDecisions } as const

/** Something that happened to an agreement: what it was told or decided itself, when it was learned, and by whom. */
export type AgreementFact = (AgreementMessage | AgreementDecision) & {
  readonly id: string
  readonly at: Instant
  readonly by: Actor
  /** What the host said of the actor's authority. Absent: it was not asked. */
  readonly authority?: Authority
}

/** The facts of one or several types. */
export type AgreementFactOf<Type extends AgreementFact['type']> = Extract<
  AgreementFact,
  { readonly type: Type }
>
