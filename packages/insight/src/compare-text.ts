/** Puts texts in the order of their code units, whatever the language of the machine. */
export function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}
