import { liveOn, openBooks } from './live-until-killed.examples.ts'

/** Ways in which a process ends with effects under way and without a word. */
export type HardEnd = 'exit' | 'uncaught' | 'killed'

const ends: Readonly<Record<HardEnd, () => void>> = {
  exit: () => process.exit(7),
  uncaught: () =>
    void setImmediate(() => {
      throw new Error('the driver of the other system is broken')
    }),
  // As the system does when memory runs out.
  killed: () => process.kill(process.pid, 'SIGKILL'),
}

const [, program, files, how, at] = process.argv
if (program === import.meta.filename && files !== undefined) {
  let asked = 0
  const runtime = openBooks({
    ...JSON.parse(files),
    onAsked: async () => {
      asked += 1
      if (asked !== Number(at)) return
      ends[how as HardEnd]()
      await new Promise(() => undefined)
    },
  })
  await liveOn(runtime, () => undefined)
}
