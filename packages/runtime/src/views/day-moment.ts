/**
 * A calendar day as the moment rows are put in order by: its start, UTC. A day has no moment of its own; this one only
 * keeps earlier days before later ones. An instant stays what it is.
 */
export function dayMoment(day: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T00:00:00Z` : day
}
