import { closeSync, createReadStream, openSync, rmSync, writeSync } from 'node:fs'

/** Writes lines to a process's own part beside a record; null where nobody keeps one. */
export function recordPart(
  record: string | undefined,
  index: number,
): ((line: string) => void) | null {
  if (record === undefined) return null
  const file = openSync(partOf(record, index), 'w')
  return (line) => void writeSync(file, `${line}\n`)
}

/** Puts the parts together in their order; gives the number of lines. */
export async function joinParts(record: string, parts: number): Promise<number> {
  const whole = openSync(record, 'w')
  let lines = 0
  try {
    for (let index = 0; index < parts; index += 1) {
      const part = partOf(record, index)
      for await (const chunk of createReadStream(part)) {
        const bytes: Buffer = chunk
        for (const byte of bytes) if (byte === lineFeed) lines += 1
        writeSync(whole, bytes)
      }
      rmSync(part)
    }
  } finally {
    closeSync(whole)
  }
  return lines
}

const lineFeed = 10

function partOf(record: string, index: number): string {
  return `${record}.${index}`
}
