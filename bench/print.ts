import { type Lap, rounded } from './race.ts'

/** A line for each, with its time and how many times the first one's it is. */
export function print(laps: readonly Lap[], beside: string): void {
  for (const { name, nanoseconds, ratio } of laps) {
    console.log(
      `  ${name.padEnd(56)} ${rounded(nanoseconds).padStart(10)} ns  ${rounded(ratio).padStart(7)} x ${beside}`,
    )
  }
}

/** Says whether a goal was met; what should be large is given below zero. */
export function say(goal: string, value: number, most: number): void {
  console.log(
    `  goal ${goal}: ${rounded(Math.abs(value))} of ${Math.abs(most)}, ${value <= most ? 'met' : 'MISSED'}`,
  )
}
