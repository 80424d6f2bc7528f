/** A text nobody needs to read, of letters that are safe in a URL. */
export function encodeOpaque(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte))
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** What `encodeOpaque` was given; null for a text it never made. */
export function decodeOpaque(opaque: string): string | null {
  if (opaque.length > opaqueLengthMax || !/^[\w-]+$/.test(opaque)) return null
  try {
    const binary = atob(opaque.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The longest id or cursor that is looked at. */
const opaqueLengthMax = 4000
