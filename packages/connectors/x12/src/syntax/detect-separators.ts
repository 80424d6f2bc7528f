import type { Separators } from './segment.ts'

/** What an ISA tells before anything can be cut up: the separators, and where the next segment starts. */
export type DetectedSeparators = {
  readonly separators: Separators
  /** Where the ISA's terminator starts. */
  readonly end: number
  /** Where the text after that terminator starts. */
  readonly next: number
}

/** An ISA has 106 characters; one whose fields are padded too far is still one, a whole document is not. */
const isaCharactersMax = 400
/** How far after ISA16 the next segment is looked for, over the terminator, line ends and indentation. */
const paddingCharactersMax = 80

/**
 * Reads the separators of the ISA that starts at `start`, or null where none starts there. The standard
 * fixes the ISA's widths, but one published sample in seven breaks them; the sixteen elements are
 * therefore counted, never measured.
 */
export const detectSeparators = (text: string, start: number): DetectedSeparators | null => {
  const element = text.charAt(start + 3)
  if (!text.startsWith('ISA', start) || !isSeparator(element)) return null
  const starts = elementStarts(text, start + 3, element)
  if (starts === null) return null
  const [repetitionStart, lastStart] = starts
  if (holdsAnother(text.slice(start + 3, lastStart), element)) return null
  const tail = readTail(text, lastStart, element)
  const eleventh = text.slice(repetitionStart, text.indexOf(element, repetitionStart)).trim()
  const repetition = isSeparator(eleventh) && eleventh.length === 1 ? eleventh : null
  return {
    separators: { element, component: tail.component, repetition, terminator: tail.terminator },
    end: tail.end,
    next: tail.end + tail.terminator.length,
  }
}

/** Letters, digits and blanks cut nothing, or every word would fall apart. */
const isSeparator = (character: string): boolean =>
  character !== '' && !/[A-Za-z0-9\s]/.test(character)

/** An ISA that broke off borrows its last elements from the next one, which is the one to be read. */
const holdsAnother = (header: string, element: string): boolean => {
  const at = header.indexOf(`ISA${element}`)
  return at > 0 && !/[A-Za-z0-9]/.test(header.charAt(at - 1)) && header.charAt(at - 1) !== element
}

/** Where the eleventh and the sixteenth element start. */
const elementStarts = (
  text: string,
  first: number,
  element: string,
): readonly [number, number] | null => {
  // Looked for in a window, so that a text full of broken ISAs is not searched to its end for each.
  const header = text.slice(first, first + isaCharactersMax)
  let offset = 0
  let eleventh = 0
  for (let count = 1; count <= 16; count += 1) {
    if (count > 1) offset = header.indexOf(element, offset + 1)
    if (offset < 0) return null
    if (count === 11) eleventh = offset + 1
  }
  return [first + eleventh, first + offset + 1]
}

type Tail = {
  readonly component: string | null
  readonly terminator: string
  readonly end: number
}

/**
 * What stands between ISA16 and the next segment: the component separator, the terminator, and line ends
 * that are either padding or, where nothing else is there, the terminator itself.
 */
const readTail = (text: string, start: number, element: string): Tail => {
  const between = textUpToNextSegment(text, start, element)
  const characters = Array.from(between.trimEnd())
  const component = characters[0] ?? null
  const rest = characters.slice(1).join('')
  if (rest !== '') return tailOf(text, start, component ?? '', rest)
  if (between.includes('\n')) return lineEndTail(between, component, start, '\n')
  if (between.includes('\r')) return lineEndTail(between, component, start, '\r')
  // One character and no line end: the sender left ISA16 out, and what is there ends the segment.
  return { component: null, terminator: component ?? '~', end: start }
}

const textUpToNextSegment = (text: string, start: number, element: string): string => {
  const window = text.slice(start, start + paddingCharactersMax)
  const found = ['GS', 'TA1', 'ISB', 'ISE', 'ST', 'IEA']
    .map((id) => window.indexOf(id + element))
    // An ISA that broke off before its last element is followed by the next interchange.
    .concat(window.search(/ISA[^A-Za-z0-9\s]/))
    .filter((index) => index >= 0)
  if (found.length > 0) return window.slice(0, Math.min(...found))
  const [component = '', terminator = ''] = Array.from(window)
  return component + terminator
}

/**
 * A terminator of several characters is real where it comes again. Where only its last character does,
 * the others belong to a component separator that was decoded with the wrong character set.
 */
const tailOf = (text: string, start: number, component: string, terminator: string): Tail => {
  const last = Array.from(terminator).at(-1) ?? terminator
  const after = start + component.length + terminator.length
  if (last !== terminator && !text.includes(terminator, after) && text.includes(last, after)) {
    return { component, terminator: last, end: after - last.length }
  }
  return { component, terminator, end: start + component.length }
}

const lineEndTail = (
  between: string,
  component: string | null,
  start: number,
  terminator: '\n' | '\r',
): Tail => ({ component, terminator, end: start + between.indexOf(terminator) })
