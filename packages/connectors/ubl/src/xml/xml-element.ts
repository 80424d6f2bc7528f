/** One element of a read document, with the place it stands at. Comments and processing instructions are left out. */
export type XmlElement = {
  /** The name without its prefix. */
  readonly name: string
  /** The namespace its prefix stands for; empty for none. */
  readonly namespace: string
  /** Attributes by their name without prefix; namespace declarations are not among them. */
  readonly attributes: ReadonlyMap<string, string>
  /** The prefixes declared on this very element, with their namespaces. */
  readonly declared: ReadonlyMap<string, string>
  /** Its own text without the blanks around it; empty where it only has elements. */
  readonly text: string
  readonly children: readonly XmlElement[]
  readonly parent: XmlElement | null
  /** Where its `<` stands in the delivery, in UTF-16 units from 0. */
  readonly offset: number
  /** Where the text behind its end tag begins. */
  readonly end: number
}

/** The way from the root to an element; the ordinal is named where it has siblings of its name: `/Order/OrderLine[2]/ID`. */
export const pathOf = (element: XmlElement): string => {
  const steps: string[] = []
  for (let one: XmlElement | null = element; one !== null; one = one.parent) steps.push(stepOf(one))
  return `/${steps.toReversed().join('/')}`
}

const stepOf = (element: XmlElement): string => {
  const alike = (element.parent?.children ?? []).filter((one) => one.name === element.name)
  return alike.length > 1 ? `${element.name}[${alike.indexOf(element) + 1}]` : element.name
}
