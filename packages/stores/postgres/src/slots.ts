/** How many slots there are: many, so that any number of shards divides them almost evenly. */
export const slotsMax = 1024

/**
 * The slot of an aggregate: what happens to one aggregate is one process's work at a time. A hash (FNV-1a, 32 bits) of
 * tenant and key, stored with every row of background work; it must never change.
 */
export function slotOf(tenant: string, key: string): number {
  const hash = hashOfText(`${tenant}\0${key}`)
  // The low bits of this hash are its weakest: fold the high half in.
  return (((hash >>> 16) ^ hash) >>> 0) % slotsMax
}

/** The number under which the locks of a schema stand among those of other programs on the database. */
export function lockClassOf(schema: string): number {
  return hashOfText(`counterfoil ${schema}`) & 0x7f_ff_ff_ff
}

function hashOfText(text: string): number {
  let hash = 0x81_1c_9d_c5
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0
  }
  return hash
}
