import type { AggregateReference, Finding, TradeDocumentKind } from '@counterfoil/core'

/** The document an answer is about, as far as it could be read. */
export type AnsweredDocument = {
  readonly kind: TradeDocumentKind
  readonly documentNumber: string
  readonly revision: number
  readonly supplier: string
}

/**
 * What became of one received document. The answer is stored before it is given, so it holds after any crash.
 * `accepted`: applied to every aggregate it concerns. `parked`: kept until what it waits for has come. `duplicate`:
 * this very document was taken in before. `quarantined`: kept whole, with what is wrong; a person repairs or discards it.
 */
export type DocumentAnswer =
  | {
      readonly outcome: 'accepted'
      readonly deliveryKey: string
      readonly document: AnsweredDocument
      readonly aggregates: readonly AggregateReference[]
      /** Warnings and liberties of the reader. */
      readonly findings: readonly Finding[]
    }
  | {
      readonly outcome: 'parked'
      readonly deliveryKey: string
      readonly document: AnsweredDocument
      readonly aggregates: readonly AggregateReference[]
      readonly findings: readonly Finding[]
      readonly reason: string
      readonly sentence: string
    }
  | {
      readonly outcome: 'duplicate'
      readonly deliveryKey: string
      /** Null when the first delivery could not be read either. */
      readonly document: AnsweredDocument | null
      /** What was answered the first time. */
      readonly first: 'accepted' | 'parked' | 'quarantined' | 'duplicate'
      readonly quarantineId: string | null
      readonly sentence: string
    }
  | {
      readonly outcome: 'quarantined'
      readonly deliveryKey: string
      readonly document: AnsweredDocument | null
      readonly quarantineId: string
      readonly reason: string
      readonly sentence: string
      readonly findings: readonly Finding[]
    }

/** The answers to one delivery, one for each document in its order. Never empty. */
export type ReceiveAnswer = {
  readonly receivedAt: string
  readonly documents: readonly DocumentAnswer[]
}
