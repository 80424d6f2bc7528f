import { ublNamespace } from '../field/find-element.ts'
import type { XmlElement } from '../xml/xml-element.ts'

/** How deep inside envelopes a document is looked for, and how many of one delivery are read. */
const envelopesMax = 6
const documentsMax = 1000

/**
 * The UBL documents of a delivery: its root, or what stands in envelopes around them (a Standard Business Document, a
 * list of documents, a SOAP body). Empty where there is none.
 */
export const findDocuments = (root: XmlElement): readonly XmlElement[] => {
  const found: XmlElement[] = []
  let level: readonly XmlElement[] = [root]
  for (let depth = 0; depth <= envelopesMax && level.length > 0; depth += 1) {
    found.push(...level.filter(isDocument))
    level = level.filter((element) => !isDocument(element)).flatMap(({ children }) => children)
  }
  return found.slice(0, documentsMax)
}

/** What the namespace of every document ends with: `Invoice-2` for an Invoice. */
const documentNamespace = /:xsd:([A-Za-z]+)-2$/

const isDocument = ({ namespace }: XmlElement): boolean => {
  const name = documentNamespace.exec(namespace)?.[1]
  return namespace.startsWith(ublNamespace) && name !== undefined && !name.startsWith('Common')
}
