/** The order of code units, which every program sorts alike. */
export const compareText = (one: string, other: string): -1 | 0 | 1 =>
  one < other ? -1 : one > other ? 1 : 0
