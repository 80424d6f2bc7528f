import { joinKey, sha256Hex } from '@counterfoil/core'
import type { XmlElement } from '../xml/xml-element.ts'

const keyCharactersMax = 280

/**
 * Recognises a document that was delivered before: by the InstanceIdentifier of the Standard Business Document around
 * it, else by its content.
 */
export const deliveryKeyOf = (connection: string, document: XmlElement, raw: string): string => {
  const instance = instanceIdentifier(document)
  const key = instance === undefined ? '' : joinKey([connection, 'sbdh', instance])
  return key !== '' && key.length <= keyCharactersMax ? key : contentKey(connection, raw)
}

/** The key of a text that carries no identifier of its delivery. */
export const contentKey = (connection: string, text: string): string =>
  joinKey([connection, sha256Hex(text)])

const headerSteps = [
  'StandardBusinessDocumentHeader',
  'DocumentIdentification',
  'InstanceIdentifier',
]

/** An envelope with several documents identifies none of them. */
const instanceIdentifier = ({ parent }: XmlElement): string | undefined => {
  if (parent === null || parent.children.length > 2) return undefined
  let found: XmlElement | undefined = parent
  for (const step of headerSteps) found = found?.children.find(({ name }) => name === step)
  return found === undefined || found.text === '' ? undefined : found.text
}
