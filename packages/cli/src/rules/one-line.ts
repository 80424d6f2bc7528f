import { CounterfoilError } from '@counterfoil/core'

// Whatever moves the print to another line or another direction, so that one entry can look like two or like another.
const misleading = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/** A name or a reason of the command line, without blanks around it; refused where it would not print as one line. */
export function oneLine(text: string, option: string): string {
  const trimmed = text.trim()
  if (trimmed.search(misleading) === -1) return trimmed
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot take \`${escaped(trimmed)}\` for --${option}: write it in one line, without control characters`,
  )
}

/** A text as one line: control characters are written as `\u{a}`. */
export function escaped(text: string): string {
  return text.replaceAll(
    misleading,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  )
}
