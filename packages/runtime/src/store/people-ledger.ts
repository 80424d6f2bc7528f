/** A person, and what stands for its name in the books: `personToken` of name and salt. */
export type Person = { readonly token: string; readonly name: string; readonly salt: string }

/**
 * Where a store keeps the names of people, apart from the books, which hold only what stands for them. A person of one
 * tenant is never given to another.
 */
export type PeopleLedger = {
  /** Keeps each person whose name nobody has yet; gives the person of each name, in the same order. */
  readonly meet: (request: {
    readonly tenant: string
    readonly people: readonly Person[]
  }) => Promise<readonly Person[]>
  /** Those of these tokens that are not forgotten, by token. */
  readonly find: (request: {
    readonly tenant: string
    readonly tokens: readonly string[]
  }) => Promise<readonly Person[]>
  /** Destroys the names and salts of people, so that nobody can read them from the store again; gives their tokens. */
  readonly forget: (request: {
    readonly tenant: string
    readonly names: readonly string[]
  }) => Promise<readonly string[]>
}

/** The text a document came as, kept apart from the books so that it can be erased. */
export type OriginalText = {
  readonly tenant: string
  readonly deliveryKey: string
  readonly connection: string
  readonly receivedAt: string
  /** What stands for the text in the books: `sealOfText` of text and salt. */
  readonly seal: string
  /** Null once it is erased. */
  readonly kept: { readonly text: string; readonly salt: string } | null
}
