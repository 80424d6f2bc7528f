import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { ExceptionCase, ExceptionCode, ExceptionSubject } from '../exception/exception.ts'
import type { PolicyAnswer, Route } from '../policy/policy.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** A case the facts call for: what it is about, and what is wrong in words. `route` null: the routing rules are asked. */
export type WantedCase = {
  /** Names the reason, so that it is opened once and cured when the reason is gone. */
  readonly key: string
  readonly code: ExceptionCode
  readonly subject: ExceptionSubject
  readonly discrepancy: Discrepancy | null
  readonly sentence: string
  readonly route: PolicyAnswer<Route> | null
  readonly exposure: ExceptionCase['exposure']
  /** Several lines have this cause: it is another case where other words are said of them. */
  readonly isJoined?: boolean
}

/** What a case of an invoice is about: the invoice, or the part of it that is named. */
export function subjectOf(
  { invoiceKey: key }: InvoiceFacts,
  part: Partial<ExceptionSubject> = {},
): ExceptionSubject {
  return { aggregate: 'invoice', key, ...part }
}
