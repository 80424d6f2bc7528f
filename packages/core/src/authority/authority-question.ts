import type { ApprovalDecisionType } from '../approval/approval-requirement.ts'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import type { Money } from '../money/money.ts'
import type { Authority } from './authority-answer.ts'
import type { AuthorityRefusal } from './authority-refusal.ts'
import type { Duty, DutyDone } from './duty.ts'

/** Whether somebody may do something: everything an answer may depend on. */
export type AuthorityQuestion = {
  readonly tenant: string
  readonly actor: Actor
  /** What they want to do: the type of the message, `invoice.approved`, `hold.released`. */
  readonly action: string
  /** What is decided by it; null where it is no decision that is approved. */
  readonly decisionType: ApprovalDecisionType | null
  /** The roles of which one is asked; null where whoever may do it does. */
  readonly asRoles: readonly string[] | null
  /** What it is about: `buyerOrganisation`, `supplier`, `businessUnit`, `category`, `supplierClass`. */
  readonly scope: Readonly<Record<string, string>>
  /** Money at stake; null where none is, or none is known. */
  readonly exposure: Money | null
  readonly at: Instant
  /** The day it is at the buyer. */
  readonly businessDate: CalendarDate
  /** The duty it would be; null for none that is kept apart. */
  readonly duty: Duty | null
  /** Who did which duty in the case so far. */
  readonly duties: readonly DutyDone[]
  /** Who handed this one decision to the actor, and as which role. */
  readonly handedOver?: { readonly from: string; readonly asRole: string }
}

/** Whether somebody may do something, and as which role, or why not. */
export type AuthorityAnswer =
  | { readonly kind: 'allowed'; readonly authority: Authority }
  | ({ readonly kind: 'refused' } & AuthorityRefusal)

/**
 * Says who may do what, and why not. A host brings its own, or asks `answerFromDirectory` of a directory it keeps. What it
 * answers is recorded with what is done, so that nobody has to be asked again.
 */
export type AuthorityDesk = (
  question: AuthorityQuestion,
) => AuthorityAnswer | Promise<AuthorityAnswer>
