import type { TradeDocumentInput } from '@counterfoil/core'

/** Something to be carried out, under a key of its own. */
export type Effect = {
  readonly key: string
  readonly destination: string
  /** What is asked, and by whom, as JSON. */
  readonly body: string
}

/** What comes of one thing that happened to an order: its book afterwards, and what is new. */
export type Entry = {
  readonly book: string
  readonly events: readonly { readonly id: string; readonly body: string }[]
  readonly effects: readonly Effect[]
}

/** Keeps one order's book, a JSON text: a function of the book and of what happened. */
export type Clerk = {
  /** `book` is null before the order is known. */
  readonly take: (book: string | null, document: TradeDocumentInput) => Entry
  /** Null where it makes no difference that an effect was carried out. */
  readonly carriedOut: ((book: string, effect: Effect) => Entry) | null
}
