import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Books, openStore } from './books.ts'
import { chanceOf } from './chance.ts'
import { compareBooks } from './compare-books.ts'
import type { MistakeName } from './mistakes.ts'
import { type Report, reportOf, skipped } from './report.ts'
import { startSenders } from './senders.ts'
import { drained, type LivedStage, seenBy } from './stage.ts'
import { openSystems } from './systems.ts'

const diskMegabytes = 12
const ordersAtATime = 4
const fullSeconds = 3
const fills = 3

/**
 * Works on a small disk that is filled to the last byte, and freed, again and again. While it is full documents are
 * refused, each with a sentence that says why, and none is forgotten that was acknowledged.
 */
export async function diskFull(
  stage: LivedStage,
  { seed, mistake }: { readonly seed: number; readonly mistake: MistakeName | null },
): Promise<Report> {
  const name = 'a disk that is full'
  const disk = stage.pathOf('disk')
  mkdirSync(disk)
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m`, 'counterfoil-faults', disk]
    execFileSync('mount', options, { stdio: 'pipe' })
  } catch {
    return skipped(name, 'no disk can be mounted here: run it as root, or in `unshare -Urm`')
  }
  try {
    const file = join(disk, 'books.sqlite')
    const books: Books = { kind: 'sqlite', file }
    const systems = await openSystems()
    const worker = stage.start({ books, systemUrls: systems.urls, mistake })
    const senders = startSenders({ ask: worker.ask, chance: chanceOf(seed), orders: ordersAtATime })
    await worker.begun
    let workedOn = 0
    for (let fill = 0; fill < fills; fill += 1) {
      const ballast = join(disk, 'ballast')
      fillUp(ballast)
      await pause(fullSeconds * 1000)
      rmSync(ballast)
      const before = senders.acknowledged.size
      await until(() => senders.acknowledged.size > before)
      if (senders.acknowledged.size > before) workedOn += 1
    }
    await senders.finish()
    const store = openStore(books)
    const isDrained = await drained(store, systems)
    const broken = worker.broken() === null ? 0 : 1
    await worker.close()
    const faults = await compareBooks(store, { senders, asked: systems.asked }, stage.undisturbed)
    await store.close()
    await systems.close()
    const isSaid = [...senders.refusals].every((refusal) =>
      /^STORE_UNAVAILABLE: .*full/.test(refusal),
    )
    return reportOf({
      name,
      seen: {
        'times it was full': fills,
        ...seenBy(senders, systems),
        refusals: senders.unheard(),
      },
      faults: {
        ...faults,
        'times nothing was refused': senders.refusals.size === 0 ? 1 : 0,
        'refusals that do not say why': isSaid ? 0 : 1,
        'times work did not go on': fills - workedOn,
        'work that never ends': isDrained ? 0 : 1,
        'processes that gave up': broken,
      },
    })
  } finally {
    execFileSync('umount', [disk])
  }
}

/** Writes a file until the disk takes no more. */
function fillUp(file: string): void {
  const descriptor = openSync(file, 'a')
  for (const size of [65_536, 1]) {
    try {
      for (;;) writeSync(descriptor, Buffer.alloc(size))
    } catch {
      // Full, in pieces of this size.
    }
  }
  closeSync(descriptor)
}

const untilSecondsMax = 60

async function until(isOver: () => boolean): Promise<void> {
  const end = performance.now() + untilSecondsMax * 1000
  while (!isOver() && performance.now() < end) await pause(20)
}
