import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import { CounterfoilError } from '@counterfoil/core'
import type { Journal, JournalEntry } from './journal.ts'

/** A journal in a file, one line of JSON an entry, on disk when `append` returns. A line cut off by a crash is dropped. */
export function createJsonLinesJournal({ file }: { readonly file: string }): Journal {
  return {
    read: () => {
      if (!existsSync(file)) return []
      const text = readFileSync(file, 'utf8')
      const whole = text.slice(0, text.lastIndexOf('\n') + 1)
      // What was appended next would else stick to the half line and be lost with it.
      if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole))
      return whole
        .split('\n')
        .filter((line) => line !== '')
        .map((line, index) => entryOf(line, index + 1))
    },
    append: (entry) => {
      mkdirSync(dirname(file), { recursive: true })
      appendFileSync(file, `${JSON.stringify(entry)}\n`, { flush: true })
    },
  }
}

function entryOf(line: string, number: number): JournalEntry {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new CounterfoilError(
      'CONNECTOR_REPLY_INVALID',
      `line \`${number}\` of the journal is not JSON: mend it or begin a new journal`,
      { cause },
    )
  }
}
