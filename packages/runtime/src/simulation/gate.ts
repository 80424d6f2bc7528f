import type { Chance } from './chance.ts'

/** What stands at the gate: a call of a process, or an answer on its way back. */
export type Waiting = {
  readonly process: number
  /** What it does next. Calls of the store are held back while another process writes. */
  readonly step: 'store-call' | 'store-sync' | 'connector-call' | 'answer'
  readonly open: () => Promise<void>
}

/**
 * Where every call of a process to the outside waits until the simulation lets it go on, one at a time. What else
 * happens meanwhile, and in which order, is thereby decided by the seed alone.
 */
export type Gate = {
  readonly wait: (waiting: Waiting) => void
  /** Lets one go on, chosen by chance among those `mayGo`; false when there is none. */
  readonly openOne: (mayGo: (waiting: Waiting) => boolean) => Promise<boolean>
  /** What went through so far, and in which order, as one number. */
  readonly course: () => number
  /** Forgets the calls of a process that died: nobody will ever hear of them. */
  readonly forget: (process: number) => void
}

/** A gate nobody waits at. */
export function createGate(chance: Chance): Gate {
  const waiting: Waiting[] = []
  let course = 0
  return {
    wait: (one) => void waiting.push(one),
    openOne: async (mayGo) => {
      const ready = waiting.filter(mayGo)
      if (ready.length === 0) return false
      const next = chance.oneOf(ready)
      waiting.splice(waiting.indexOf(next), 1)
      course = (Math.imul(course, 31) + next.process * 7 + next.step.length + ready.length) | 0
      await next.open()
      await everythingSettled()
      return true
    },
    course: () => course,
    forget: (process) => {
      const left = waiting.filter((one) => one.process !== process)
      waiting.splice(0, waiting.length, ...left)
    },
  }
}

/** Resolves when all that follows from what was resolved so far has happened: no timer and no disk is involved. */
export function everythingSettled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
