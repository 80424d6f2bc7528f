import { SaxesParser } from 'saxes'
import { growTree } from './grow-tree.ts'
import type { XmlElement } from './xml-element.ts'
import type { XmlLimits } from './xml-limits.ts'

/** A delivery that is XML. */
export type XmlDocument = {
  readonly kind: 'parsed'
  readonly root: XmlElement
  /** True where something had to be overlooked: blanks before the declaration, control characters behind the end. */
  readonly isPadded: boolean
}

/** Why a delivery is not read at all, and where that shows. */
export type XmlRefusal = {
  readonly kind: 'refused'
  readonly rule: string
  readonly offset: number
  readonly sentence: string
}

/**
 * Reads XML with namespaces into a tree. Document type declarations, and with them every entity but the five of XML,
 * are refused before anything of them is used; so is whatever passes a limit, and the parser stops there.
 */
export const parseXml = (text: string, limits: XmlLimits): XmlDocument | XmlRefusal => {
  if (text.length > limits.charactersMax) return tooLarge(text, limits)
  const { start, end, isPadded } = spanOf(text)
  if (text[start] !== '<') return notXml(start)
  const stop: { reason: XmlRefusal | null } = { reason: null }
  const parser = new SaxesParser({ xmlns: true })
  const root = growTree(parser, {
    text,
    start,
    limits,
    refuse: (reason) => {
      stop.reason ??= { kind: 'refused', ...reason }
      throw new Error('the parser was stopped')
    },
  })
  try {
    parser.write(text.slice(start, end)).close()
  } catch (error) {
    if (stop.reason === null) throw error
    return stop.reason
  }
  const grown = root()
  return grown === null ? notXml(start) : { kind: 'parsed', root: grown, isPadded }
}

const tooLarge = (text: string, { charactersMax }: XmlLimits): XmlRefusal => ({
  kind: 'refused',
  rule: 'xml-too-large',
  offset: 0,
  sentence: `the delivery has ${text.length} characters and at most ${charactersMax} are read: split it`,
})

const notXml = (offset: number): XmlRefusal => ({
  kind: 'refused',
  rule: 'xml-syntax',
  offset,
  sentence: 'this is not XML: a document begins with `<`',
})

/** Where the XML begins and ends, without a byte-order mark, blanks, and the NUL or Ctrl-Z that old transports append. */
const spanOf = (
  text: string,
): { readonly start: number; readonly end: number; readonly isPadded: boolean } => {
  const mark = text.startsWith('\uFEFF') ? 1 : 0
  let start = mark
  while (isBlank(text.charCodeAt(start))) start += 1
  let end = text.length
  let hasControl = false
  for (; end > start; end -= 1) {
    const code = text.charCodeAt(end - 1)
    if (code === 0 || code === 26) hasControl = true
    else if (!isBlank(code)) break
  }
  return { start, end, isPadded: hasControl || (start > mark && text.startsWith('<?xml', start)) }
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13)
