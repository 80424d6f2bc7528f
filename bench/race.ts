/** One way to do the same work. */
export type Runner = {
  readonly name: string
  /** How many operations one run does; slow ones do fewer, each takes as long. */
  readonly operations: number
  readonly run: () => void | Promise<void>
}

/** A line of the table: nanoseconds of one operation, and times the first runner's. */
export type Lap = { readonly name: string; readonly nanoseconds: number; readonly ratio: number }

/**
 * Runs all in turns, so that a busy machine slows all alike, and compares each with the first: the median of
 * the ratios of turns taken together. Processor time is counted, since others may use the machine; `wall` counts the time
 * that passes, for work that waits for a disk or another process.
 */
export async function race(
  runners: readonly [Runner, ...Runner[]],
  rounds: number,
  counted: 'processor' | 'wall' = 'processor',
): Promise<readonly Lap[]> {
  const times: number[][] = runners.map(() => [])
  for (let round = 0; round < rounds + 2; round += 1) {
    for (const [index, runner] of runners.entries()) {
      const nanoseconds = counted === 'wall' ? wallTime() : processorTime()
      await runner.run()
      // The first two rounds warm up.
      if (round >= 2) times[index]?.push(nanoseconds() / runner.operations)
    }
  }
  const [first = []] = times
  return runners.map(({ name }, index) => {
    const own = times[index] ?? []
    const ratios = own.map((time, round) => time / (first[round] ?? Number.NaN))
    return { name, nanoseconds: median(own), ratio: median(ratios) }
  })
}

function processorTime(): () => number {
  const start = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) * 1000
  }
}

function wallTime(): () => number {
  const start = process.hrtime.bigint()
  return () => Number(process.hrtime.bigint() - start)
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

/** A number for people: three digits that count. */
export function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(2)
}
