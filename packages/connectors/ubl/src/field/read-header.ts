import { type Origin, type PurchaseOrder, sha256Hex } from '@counterfoil/core'
import type * as z from 'zod'
import { cutText } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find } from './find-element.ts'
import { issuedAt } from './read-date.ts'
import { requiredTextAt, textAt, textsAt } from './read-text.ts'
import { supplierOf } from './read-supplier.ts'
import { note, type UblReading } from './ubl-reading.ts'

/** The fields every document begins with, before their schema has seen them. */
export type HeaderDraft = Pick<
  z.input<typeof PurchaseOrder>,
  'tenant' | 'buyerOrganisation' | 'supplier' | 'documentNumber' | 'revision' | 'issuedAt' | 'notes'
> & { readonly origin: z.input<typeof Origin> }

/**
 * Reads the header: the number (ID), when it was issued, the supplier under the first of the given party elements that
 * names one, and the notes. UBL numbers no corrections, so the revision is the first unless the document says otherwise.
 */
export const headerOf = (
  reading: UblReading,
  supplierParties: readonly string[],
  revision = 0,
): HeaderDraft => {
  const { root, context, raw, deliveryKey } = reading
  markAgreements(reading)
  noteCopy(reading)
  const number = find(root, 'ID')
  if (number !== undefined) reading.places.set('documentNumber', number)
  return {
    tenant: context.tenant,
    buyerOrganisation: context.buyerOrganisation,
    supplier: supplierOf(reading, supplierParties),
    documentNumber: requiredTextAt(reading, root, 'ID'),
    revision,
    issuedAt: issuedAt(reading),
    origin: {
      channel: 'ubl',
      connection: context.connection,
      deliveryKey,
      contentHash: sha256Hex(raw),
      foreignId: foreignIdOf(reading),
    },
    notes: splitNotes([
      ...textsAt(reading, root, 'Note'),
      ...textsAt(reading, root, 'PaymentTerms', 'Note'),
    ]),
  }
}

const foreignIdCharactersMax = 200

const foreignIdOf = (reading: UblReading): string | undefined => {
  const id = textAt(reading, reading.root, 'UUID')
  return id === undefined ? undefined : cutText(id, foreignIdCharactersMax)
}

const noteCharactersMax = 2000
const notesMax = 100

/** Free text as notes of at most 2000 characters; a longer text goes on in the next note. */
const splitNotes = (texts: readonly string[]): string[] | undefined => {
  const notes = texts.flatMap(splitNote).slice(0, notesMax)
  return notes.length === 0 ? undefined : notes
}

const splitNote = (text: string): readonly string[] => {
  const notes: string[] = []
  for (let rest = text; rest !== '';) {
    const cut = rest.slice(0, noteCharactersMax)
    // A character of two units is not torn apart.
    const note = rest.length > cut.length ? cut.replace(/[\uD800-\uDBFF]$/, '') : cut
    notes.push(note)
    rest = rest.slice(note.length)
  }
  return notes
}

/** What the two sides agreed to write, not what they write. */
const agreements = ['UBLVersionID', 'CustomizationID', 'ProfileID', 'ProfileExecutionID']

const markAgreements = ({ root, used }: UblReading): void => {
  for (const name of agreements) {
    const found = find(root, name)
    if (found !== undefined) used.add(found)
  }
}

const noteCopy = (reading: UblReading): void => {
  const element = find(reading.root, 'CopyIndicator')
  if (element === undefined) return
  reading.used.add(element)
  if (!isTrue(element)) return
  note(reading, 'ubl-copy', element, {
    severity: 'warning',
    sentence: 'the sender marked this as a copy: check that the original did not arrive as well',
  })
}

/** An indicator that says yes. */
export const isTrue = (element: XmlElement): boolean => /^(?:true|1)$/i.test(element.text)
