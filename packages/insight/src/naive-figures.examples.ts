/** The smallest value that at least this share of them does not exceed, by going through them in order. */
export function nearestRank(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted.find((_, index) => (index + 1) / sorted.length >= share - 1e-12) ?? Number.NaN
}

/** Minutes of Monday to Friday, 8 to 17, UTC, counted one by one. */
export function officeMinutes(from: string, to: string): number {
  let minutes = 0
  for (let at = Date.parse(from); at < Date.parse(to); at += 60_000) {
    const date = new Date(at)
    const isWorked = date.getUTCDay() >= 1 && date.getUTCDay() <= 5
    if (isWorked && date.getUTCHours() >= 8 && date.getUTCHours() < 17) minutes += 1
  }
  return minutes
}
