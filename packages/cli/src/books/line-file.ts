import { createReadStream, existsSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CounterfoilError } from '@counterfoil/core'

/** A new file, written line by line. It is made with the first line. */
export type LineFile = {
  readonly write: (line: string) => Promise<void>
  /** Resolves when everything is on disk, the name of the file too. */
  readonly sync: () => Promise<void>
  /** What is on disk, from its beginning. */
  readonly read: () => AsyncIterable<string>
  readonly close: () => Promise<void>
}

const bufferedMax = 1_000_000

/** Begins a file that is not there yet. */
export function createLineFile(path: string): LineFile {
  if (existsSync(path)) {
    throw new CounterfoilError('COMMAND_INVALID', `\`${path}\` is there already: name a new file`)
  }
  let file: FileHandle | null = null
  let lines: string[] = []
  let buffered = 0
  const flush = async (): Promise<void> => {
    if (lines.length === 0) return
    file ??= await open(path, 'wx')
    await file.appendFile(lines.join(''))
    lines = []
    buffered = 0
  }
  return {
    write: async (line) => {
      lines.push(line)
      buffered += line.length
      if (buffered > bufferedMax) await flush()
    },
    sync: async () => {
      await flush()
      await file?.sync()
      await syncFolder(dirname(path))
    },
    read: () => createReadStream(path, 'utf8'),
    close: async () => {
      await file?.close()
    },
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
