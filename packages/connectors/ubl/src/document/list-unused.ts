import { ublNamespace } from '../field/find-element.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'

/** Where other vocabularies and signatures may stand; nothing of it belongs to the trade. */
const asides: ReadonlySet<string> = new Set(['UBLExtensions', 'Signature'])

/**
 * Reports, once for each kind, what did not go into the document, so that nothing is dropped in silence. An element of
 * another vocabulary in the middle of a document is a warning: a wrong namespace hides what the sender meant to say.
 */
export const listUnused = (reading: UblReading): void => {
  const kinds = new Map<string, Kind>()
  for (const child of reading.root.children) collect(reading, child, { kinds, path: '' })
  for (const [name, kind] of kinds) noteUnused(reading, name, kind)
}

type Kind = { readonly first: XmlElement; readonly isForeign: boolean; count: number }

type Collection = { readonly kinds: Map<string, Kind>; readonly path: string }

const collect = (reading: UblReading, element: XmlElement, { kinds, path }: Collection): void => {
  const isForeign = !element.namespace.startsWith(ublNamespace)
  const name = path === '' ? element.name : `${path}/${element.name}`
  if (isForeign || asides.has(element.name) || !isTouched(reading, element)) {
    if (isForeign || hasContent(element)) count(kinds, name, { first: element, isForeign })
    return
  }
  for (const child of element.children) collect(reading, child, { kinds, path: name })
}

const count = (kinds: Map<string, Kind>, name: string, kind: Omit<Kind, 'count'>): void => {
  const known = kinds.get(name)
  if (known === undefined) kinds.set(name, { ...kind, count: 1 })
  else known.count += 1
}

const isTouched = (reading: UblReading, element: XmlElement): boolean =>
  reading.used.has(element) || element.children.some((child) => isTouched(reading, child))

const hasContent = (element: XmlElement): boolean =>
  element.text !== '' || element.attributes.size > 0 || element.children.some(hasContent)

const noteUnused = (
  reading: UblReading,
  name: string,
  { first, isForeign, count: times }: Kind,
): void => {
  const often = times === 1 ? 'once' : `${times} times, first here`
  note(reading, isForeign ? 'ubl-element-foreign' : 'ubl-element-unused', first, {
    severity: isForeign ? 'warning' : 'info',
    sentence: isForeign
      ? `${quoted(name)} (${often}) is of the vocabulary ${quoted(first.namespace)}, not of UBL 2, and is not read: ask the sender to check its namespace`
      : `${quoted(name)} (${often}) is not carried into the document, which has no field for it`,
  })
}
