import type { SaxesParser, SaxesTagNS } from 'saxes'
import type { XmlElement } from './xml-element.ts'
import type { XmlLimits } from './xml-limits.ts'

/** What a tree is grown from, and what to call where growing has to stop. */
export type TreeGround = {
  readonly text: string
  /** Where in the text the parser began. */
  readonly start: number
  readonly limits: XmlLimits
  readonly refuse: (reason: {
    readonly rule: string
    readonly offset: number
    readonly sentence: string
  }) => never
}

/** An element while its end tag is still to come. */
type Growing = Omit<XmlElement, 'text' | 'end' | 'children'> & {
  text: string
  end: number
  readonly children: Growing[]
  readonly parent: Growing | null
}

/** How far the tree has grown. */
type Growth = {
  root: Growing | null
  current: Growing | null
  depth: number
  elements: number
  attributes: number
  /** Where the tag now being read began. */
  tagOffset: number
}

/** Files carried inside a document: bounded with the delivery, and never kept in the tree. */
const fileElement = 'EmbeddedDocumentBinaryObject'

/**
 * Listens to a parser and builds the tree of what it reads. Depth and attributes are checked while a tag is still
 * being read, before the parser looks up its prefixes. The answer gives the root once the parser is closed.
 */
export const growTree = (
  parser: SaxesParser<{ xmlns: true }>,
  ground: TreeGround,
): (() => XmlElement | null) => {
  const { text, start } = ground
  const here = (): number => Math.min(start + parser.position, text.length)
  const growth: Growth = {
    root: null,
    current: null,
    depth: 0,
    elements: 0,
    attributes: 0,
    tagOffset: start,
  }
  parser.on('opentagstart', () => beginTag(growth, ground, text.lastIndexOf('<', here() - 1)))
  parser.on('attribute', ({ value }) => checkAttribute(growth, ground, value.length))
  parser.on('opentag', (tag) => openElement(growth, tag))
  parser.on('text', (piece) => addText(growth, ground, piece))
  parser.on('cdata', (piece) => addText(growth, ground, piece))
  parser.on('closetag', () => closeElement(growth, here()))
  parser.on('doctype', () => refuseDoctype(ground, here()))
  parser.on('error', ({ message }) =>
    ground.refuse({
      rule: 'xml-syntax',
      offset: here(),
      sentence: `the XML is broken here (${plainMessage(message)}): ask the sender for a well-formed file`,
    }),
  )
  return () => growth.root
}

/** The parser's message without the line and column it begins with, which the finding names anyway. */
const plainMessage = (message: string): string =>
  message
    .replace(/^\d+:\d+: /, '')
    .replace(/\.$/, '')
    .slice(0, 200)

const beginTag = (growth: Growth, { limits, refuse }: TreeGround, offset: number): void => {
  growth.tagOffset = offset
  growth.attributes = 0
  growth.depth += 1
  growth.elements += 1
  if (growth.depth > limits.depthMax) {
    refuse({
      rule: 'xml-too-deep',
      offset,
      sentence: `elements are nested more than ${limits.depthMax} deep: no trade document is`,
    })
  }
  if (growth.elements > limits.elementsMax) {
    refuse({
      rule: 'xml-too-many-elements',
      offset,
      sentence: `the delivery has more than ${limits.elementsMax} elements: split it`,
    })
  }
}

const checkAttribute = (
  growth: Growth,
  { limits, refuse }: TreeGround,
  characters: number,
): void => {
  growth.attributes += 1
  const offset = growth.tagOffset
  if (growth.attributes > limits.attributesMax) {
    refuse({
      rule: 'xml-too-many-attributes',
      offset,
      sentence: `an element has more than ${limits.attributesMax} attributes: no trade document needs them`,
    })
  }
  if (characters > limits.textCharactersMax) textTooLong(offset, limits, refuse)
}

const openElement = (growth: Growth, tag: SaxesTagNS): void => {
  const parent = growth.current
  const attributes = Object.values(tag.attributes)
    .filter(({ name, prefix }) => prefix !== 'xmlns' && name !== 'xmlns')
    .map(({ local, value }): [string, string] => [local, value])
  const element: Growing = {
    name: tag.local,
    namespace: tag.uri,
    attributes: attributes.length === 0 ? none : new Map(attributes),
    declared: new Map(Object.entries(tag.ns)),
    text: '',
    children: [],
    parent,
    offset: growth.tagOffset,
    end: growth.tagOffset,
  }
  if (parent === null) growth.root = element
  else parent.children.push(element)
  growth.current = element
}

/** Most elements have no attributes: they share this. */
const none: ReadonlyMap<string, string> = new Map()

const addText = ({ current }: Growth, { limits, refuse }: TreeGround, piece: string): void => {
  if (current === null || current.name === fileElement) return
  current.text += piece
  if (current.text.length > limits.textCharactersMax) textTooLong(current.offset, limits, refuse)
}

const textTooLong = (
  offset: number,
  { textCharactersMax }: XmlLimits,
  refuse: TreeGround['refuse'],
): never =>
  refuse({
    rule: 'xml-text-too-long',
    offset,
    sentence: `a text has more than ${textCharactersMax} characters: send long texts as an attached file`,
  })

const closeElement = (growth: Growth, end: number): void => {
  const { current } = growth
  if (current === null) return
  current.text = current.text.trim()
  current.end = end
  growth.current = current.parent
  growth.depth -= 1
}

const refuseDoctype = ({ text, start, refuse }: TreeGround, here: number): never =>
  refuse({
    rule: 'xml-doctype',
    offset: Math.max(start, text.lastIndexOf('<!DOCTYPE', here)),
    sentence:
      'the document declares a document type, which may hide entities and files from outside: send it without `<!DOCTYPE`',
  })
