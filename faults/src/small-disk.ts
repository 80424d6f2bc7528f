import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A disk of a few megabytes, mounted in a folder. */
export type SmallDisk = {
  readonly folder: string
  /** Takes all that is left of it, to the last byte. */
  readonly fill: () => void
  /** Gives back what was taken. */
  readonly free: () => void
  readonly unmount: () => void
}

/** Mounts a disk in a new folder; null where nobody may mount any. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  mkdirSync(folder)
  try {
    const options = [
      '-t',
      'tmpfs',
      '-o',
      `size=${megabytes}m,mode=755`,
      'counterfoil-faults',
      folder,
    ]
    execFileSync('mount', options, { stdio: 'pipe' })
  } catch {
    return null
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill: () => fillUp(ballast),
    free: () => rmSync(ballast),
    // Lazily: after an error somebody may still have a file open.
    unmount: () => void execFileSync('umount', ['-l', folder]),
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
