import type { Write } from './rules-subcommand.ts'

const secondsUntilTold = 2

/** Counts, and says every two seconds how far it has come, where something takes longer than that. */
export function tellProgress(what: string, warn: Write): () => void {
  let [count, toldAt] = [0, Date.now()]
  return () => {
    count += 1
    if (Date.now() - toldAt < secondsUntilTold * 1000) return
    toldAt = Date.now()
    warn(`${count} ${what} so far`)
  }
}
