import type { Writer } from '../decide/writer.ts'
import { readAll } from '../store/pages-of.ts'
import type { QuarantinedDocument } from '../receive/quarantine.ts'
import type { OriginalText } from '../store/people-ledger.ts'
import type { Store } from '../store/store.ts'

/**
 * Whom to forget: every spelling of the name, and whatever else reaches the person and may stand in a document's text:
 * e-mail addresses, telephone numbers. Texts are searched for each without regard to capitals.
 */
export type ForgetRequest = { readonly tenant: string; readonly names: readonly string[] }

/** What was erased. */
export type Forgotten = {
  /** Names that nobody can read from the store any more. */
  readonly names: number
  /** Texts of documents that were erased whole because one of the names stood in them. */
  readonly texts: number
  /** Documents in quarantine whose text was erased; they can be discarded and no longer repaired as they came. */
  readonly quarantined: number
}

/**
 * Erases what a store has of a person. Nothing in the books changes: they go on with what stood for the name, of which
 * nobody can tell any more whose it was. The names go last, so that what was cut off is done by asking again.
 */
export async function forget(
  { store, writer }: { readonly store: Store; readonly writer: Writer },
  { tenant, names }: ForgetRequest,
): Promise<Forgotten> {
  const wanted = names.filter((name) => name.trim() !== '').map((name) => name.toLowerCase())
  const isAbout = (text: string): boolean => {
    const lower = text.toLowerCase()
    return wanted.some((name) => lower.includes(name))
  }
  const originals = (await readAll((page) => store.originals({ tenant, ...page }))).filter(
    ({ kept }) => kept !== null && isAbout(kept.text),
  )
  await writer.submit(async (draft) => {
    draft.pieces.push({ originals: originals.map(erasedText) })
  })
  const quarantined = (await readAll((page) => store.quarantined({ tenant, ...page }))).filter(
    ({ raw }) => isAbout(raw),
  )
  for (const { quarantineId } of quarantined) {
    await writer.submit(async (draft) => {
      const { rows } = await store.quarantined({ tenant, quarantineId, limit: 1 })
      draft.pieces.push({ quarantined: rows.map(erasedQuarantined) })
    })
  }
  const forgotten = await store.people.forget({ tenant, names })
  return {
    names: forgotten.length,
    texts: originals.length,
    quarantined: quarantined.length,
  }
}

const erasedText = (original: OriginalText): OriginalText => ({ ...original, kept: null })

// What a reader found fault with quotes the text.
const erasedQuarantined = (record: QuarantinedDocument): QuarantinedDocument => ({
  ...record,
  raw: '',
  findings: [],
  sentence: 'its text was erased: ask the sender for it again',
})
