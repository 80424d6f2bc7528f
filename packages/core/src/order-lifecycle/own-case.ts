import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { ExceptionCode, ExceptionSubject } from '../exception/exception.ts'
import type { OrderState } from './order-state.ts'

/** A case the facts call for: what it is about, and what is wrong in words. */
export type WantedOrderCase = {
  /** Names the reason, so that it is opened once and cured when the reason is gone. */
  readonly key: string
  readonly code: ExceptionCode
  readonly subject: ExceptionSubject
  readonly discrepancy: Discrepancy | null
  readonly sentence: string
}

/** A case for something that is no difference between documents. */
export function ownCase(
  { key: orderKey }: Pick<OrderState, 'key'>,
  own: Pick<WantedOrderCase, 'key' | 'code' | 'sentence'> & {
    readonly place?: Pick<ExceptionSubject, 'line' | 'schedule'>
  },
): WantedOrderCase {
  const { key, code, sentence, place } = own
  const subject = { aggregate: 'order' as const, key: orderKey, ...place }
  return { key, code, subject, discrepancy: null, sentence }
}
