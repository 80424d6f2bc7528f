/** How many slots there are: many, so that any number of shards divides them almost evenly. */
export const slotsMax = 1024

/**
 * The slot of an aggregate: what happens to one aggregate is one process's work at a time. A hash (FNV-1a, 32 bits) of
 * tenant and key, stored with every row of background work; it must never change.
 */
export function slotOf(tenant: string, key: string): number {
  let hash = 0x81_1c_9d_c5
  for (const character of `${tenant}\0${key}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0
  }
  // The low bits of FNV are its weakest: fold the high half in.
  return (((hash >>> 16) ^ hash) >>> 0) % slotsMax
}
