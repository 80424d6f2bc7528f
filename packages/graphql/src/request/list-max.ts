/** The most elements of a list that is not paged. Longer ones are cut, as the schema says of each. */
export const listMax = 250

/** The last elements of a list, oldest of them first. */
export function lastOf<Element>(list: readonly Element[]): readonly Element[] {
  return list.slice(-listMax)
}
