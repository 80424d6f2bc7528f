/** One thing measured beside another in the same run. */
export type Contest = {
  readonly name: string
  /** How many operations one run of `ours` or `limit` does. */
  readonly operations: number
  readonly ours: () => void
  /** The fastest plain version anyone would write. */
  readonly limit: () => void
  /** At most this many times the limit's time is aimed at; null where nothing was aimed at. */
  readonly ratioMax: number | null
}

/** Rounds of each side, taken in turns so that a busy machine slows both. */
const roundsMin = 7
const millisecondsMin = 3_000

/** Measures both sides in turns and prints operations a second of each and the ratio of their best rounds. */
export function measure(contest: Contest): void {
  const ours: number[] = []
  const limit: number[] = []
  const start = performance.now()
  while (ours.length < roundsMin || performance.now() - start < millisecondsMin) {
    limit.push(timeOf(contest.limit))
    ours.push(timeOf(contest.ours))
  }
  const ratio = Math.min(...ours) / Math.min(...limit)
  const aim = contest.ratioMax === null ? '' : `, aimed at ${contest.ratioMax} at most`
  console.log(
    `${contest.name}: ${rate(contest, ours)} a second, hand-written ${rate(contest, limit)}: ${ratio.toFixed(1)} times its time${aim}`,
  )
}

function timeOf(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

function rate({ operations }: Contest, rounds: readonly number[]): string {
  return Math.round((operations * 1000) / Math.min(...rounds)).toLocaleString('en-US')
}
