import { childrenOf, find } from '../field/find-element.ts'
import { textAt } from '../field/read-text.ts'
import type { UblReading } from '../field/ubl-reading.ts'
import { cutText } from '../finding/cut-text.ts'

const attachmentsMax = 100
const nameCharactersMax = 200

/** What is attached, by address, file name or number; the files themselves stay in the untouched original. */
export const attachmentsOf = (reading: UblReading): string[] | undefined => {
  const names = childrenOf(reading.root, 'AdditionalDocumentReference').flatMap((element) => {
    const embedded = find(element, 'Attachment', 'EmbeddedDocumentBinaryObject')
    if (embedded !== undefined) reading.used.add(embedded)
    const number = textAt(reading, element, 'ID')
    const address = textAt(reading, element, 'Attachment', 'ExternalReference', 'URI')
    const name = address ?? embedded?.attributes.get('filename') ?? number
    return name === undefined || name === '' ? [] : [cutText(name, nameCharactersMax)]
  })
  return names.length === 0 ? undefined : names.slice(0, attachmentsMax)
}
