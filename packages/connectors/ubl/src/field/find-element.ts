import type { XmlElement } from '../xml/xml-element.ts'

/** What the namespaces of all UBL 2 documents and of their parts begin with. */
export const ublNamespace = 'urn:oasis:names:specification:ubl:schema:xsd:'

/** The children of one name; elements of other vocabularies are not looked at. */
export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => isUbl(child, name)) ?? []

/** The first element at the end of a way down: `find(line, 'Item', 'Name')`. Of several on the way the first counts. */
export const find = (
  element: XmlElement | undefined,
  ...names: readonly string[]
): XmlElement | undefined => {
  let found = element
  for (const name of names) found = found?.children.find((child) => isUbl(child, name))
  return found
}

/** Every element at the end of a way down, along all its branches. */
export const findAll = (
  element: XmlElement | undefined,
  ...names: readonly string[]
): readonly XmlElement[] => {
  let found: readonly XmlElement[] = element === undefined ? [] : [element]
  for (const name of names) found = found.flatMap((one) => childrenOf(one, name))
  return found
}

const isUbl = (element: XmlElement, name: string): boolean =>
  element.name === name && element.namespace.startsWith(ublNamespace)
