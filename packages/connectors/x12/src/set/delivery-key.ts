import { joinKey, sha256Hex } from '@counterfoil/core'
import type { EnvelopedSet } from './set-text.ts'

const keyCharactersMax = 280

/**
 * Recognises a set that was delivered before: the connection, both partners as ISA05 to ISA08 name them,
 * and the control numbers ISA13, GS06 and ST02. A set without an interchange is known by its content.
 */
export const deliveryKeyOf = (
  connection: string,
  { interchange, group, set }: EnvelopedSet,
  raw: string,
): string => {
  if (interchange.header === null || interchange.controlNumber === '') {
    return contentKey(connection, raw)
  }
  const key = joinKey([
    connection,
    interchange.senderQualifier,
    interchange.sender,
    interchange.receiverQualifier,
    interchange.receiver,
    interchange.controlNumber,
    group.controlNumber,
    set.controlNumber,
  ])
  return key.length <= keyCharactersMax ? key : contentKey(connection, key)
}

/** The key of a text that names no control numbers. */
export const contentKey = (connection: string, text: string): string =>
  joinKey([connection, sha256Hex(text)])

/** Makes keys of one delivery unique: of sets that claim the same control numbers, the later ones get an ordinal. */
export const startKeyRing = (): ((key: string) => string) => {
  const counts = new Map<string, number>()
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count === 1 ? key : `${key}#${count}`
  }
}
