/** A file as text, and what had to be assumed to read it. */
export type DecodedFile = {
  readonly text: string
  /** In which character set it was taken, where that is neither UTF-8 nor said by the file itself. */
  readonly assumed: string | null
}

/**
 * Decodes a file: by its byte-order mark, by the encoding its XML declaration names, as UTF-8, and where it is none of
 * these as Windows-1252, which old systems write. A UTF-8 declaration over other bytes is such a case.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  const mark = markedEncoding(bytes)
  if (mark !== null) return { text: decode(bytes, mark), assumed: null }
  const declared = declaredEncoding(bytes)
  if (declared !== null && declared !== 'utf-8') {
    return { text: decode(bytes, declared), assumed: null }
  }
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
      assumed: null,
    }
  } catch {
    return { text: decode(bytes, 'windows-1252'), assumed: 'windows-1252' }
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes)
}

function markedEncoding([first, second]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

const declarationBytes = 200

/** The encoding of an XML declaration, where it is one that can be decoded. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const start = decode(bytes.subarray(0, declarationBytes), 'windows-1252')
  const name = /^[^<]{0,3}<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1]
  if (name === undefined) return null
  try {
    const { encoding } = new TextDecoder(name)
    // Bytes that could be read as ASCII so far are not in an encoding of two bytes.
    return encoding.startsWith('utf-16') ? null : encoding
  } catch {
    return null
  }
}
