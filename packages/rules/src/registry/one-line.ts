// Whatever moves the print to another line or another direction, so that one entry can look like two or like another.
const misleading = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/** A text as one line, in which nothing moves the print: control characters are written as `\u{a}`. */
export const oneLine = (text: string): string =>
  text.replaceAll(misleading, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`)
