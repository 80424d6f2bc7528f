import type { Separators } from './segment.ts'

/** The characters looked at to find out whether a text is a group or a transaction set without ISA. */
const windowCharacters = 2_000

/** The segment that must follow `ST`, for the sets most often sent without an envelope. */
const beginning = '(?:BEG|BAK|BSN|BIG|BCH|BCA|BRA|BIA|B[A-Z0-9]{1,2}|AK1|W[0-9]{2})'

/**
 * Guesses the separators of a group or of a bare transaction set, which have no ISA to name them: the
 * element separator follows `GS` or `ST`, the terminator follows the control number of `ST`. Null where
 * the text looks like neither. The component separator stays unknown.
 */
export const guessSeparators = (text: string, start: number): Separators | null => {
  const window = text.slice(start, start + windowCharacters)
  const opening = /^(?:GS|ST)([^A-Za-z0-9\s])/.exec(window)
  const element = opening?.[1]
  if (element === undefined) return null
  const set = new RegExp(
    `ST${quoted(element)}\\d{3}${quoted(element)}[A-Za-z0-9]+` +
      `(?:${quoted(element)}[A-Za-z0-9]*)?([^A-Za-z0-9${quotedInClass(element)}]{1,40}?)\\s*${beginning}${quoted(element)}`,
  ).exec(window)
  const between = set?.[1]
  if (between === undefined) return null
  return { element, component: null, repetition: null, terminator: terminatorOf(between) }
}

const terminatorOf = (between: string): string => {
  const trimmed = between.trim()
  if (trimmed !== '') return trimmed
  return between.includes('\n') ? '\n' : between.includes('\r') ? '\r' : between
}

const quoted = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
const quotedInClass = (character: string): string => character.replace(/[\\\]^-]/, '\\$&')
