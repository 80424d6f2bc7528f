import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { CounterfoilError } from '@counterfoil/core'

/** A line of a file that holds something, with its number in the file. */
export type NumberedLine = { readonly text: string; readonly number: number }

/** The lines of a file that hold something, one after the other however long it is; `-` is what is piped in. */
export async function* linesOf(path: string): AsyncGenerator<NumberedLine> {
  if (path !== '-' && !existsSync(path)) throw noSuchFile(path)
  const input = path === '-' ? process.stdin : createReadStream(path)
  let number = 0
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    number += 1
    if (text.trim() !== '') yield { text: text.trim(), number }
  }
}

/** The error for a file that is not there. */
export function noSuchFile(path: string): CounterfoilError {
  return new CounterfoilError('SETTINGS_INVALID', `cannot read \`${path}\`: there is no such file`)
}
