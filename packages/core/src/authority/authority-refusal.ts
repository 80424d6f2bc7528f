/** Why somebody may not do something: a code that programs tell apart, and a sentence for the person. */
export type AuthorityRefusal = { readonly reason: string; readonly sentence: string }
