import { hashOf } from '../hash/content-hash.ts'

/** The hash of what a document says; the way it came in is no part of it, so one document sent two ways is one. */
export function contentHashOf(document: object): string {
  const { origin: _, ...content } = document as { readonly origin?: unknown }
  return hashOf(content)
}
