import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** A line of a file that holds something, with its number in the file. */
export type NumberedLine = { readonly text: string; readonly number: number }

/** The lines of a file that hold something, one after the other however long it is; `-` is what is piped in. */
export async function* linesOf(path: string): AsyncGenerator<NumberedLine> {
  const input = path === '-' ? process.stdin : createReadStream(path)
  let number = 0
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    number += 1
    if (text.trim() !== '') yield { text: text.trim(), number }
  }
}
