import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Instant } from '@counterfoil/core'
import * as z from 'zod'

/** One order line's recorded history: `{po, line, events: [[time, activity], ...]}`, a JSON object on each line of the file. */
export const Trace = z.strictObject({
  po: z.string().min(1).max(60),
  line: z.string().min(1).max(20),
  events: z.array(z.tuple([Instant, z.string().min(1)])).max(100_000),
})
export type Trace = z.infer<typeof Trace>

/** A line of the trace file that could not be read. */
export type UnreadableTrace = { readonly lineNumber: number; readonly sentence: string }

/** The traces of a file (plain or gzipped), by order and line; what cannot be read is said, with its place. */
export function readTraces(file: string): {
  readonly traces: readonly Trace[]
  readonly unreadable: readonly UnreadableTrace[]
} {
  const bytes = readFileSync(file)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const lines = (isGzip ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')
  const traces: Trace[] = []
  const unreadable: UnreadableTrace[] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const read = readTrace(line)
    if (typeof read === 'string') unreadable.push({ lineNumber: index + 1, sentence: read })
    else traces.push(read)
  }
  return { traces: traces.toSorted(byOrderAndLine), unreadable }
}

function readTrace(line: string): Trace | string {
  try {
    const parsed = Trace.safeParse(JSON.parse(line))
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    return `at \`${issue?.path.join('/') ?? ''}\`: ${issue?.message ?? ''}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function byOrderAndLine(one: Trace, other: Trace): number {
  return compareText(one.po, other.po) || compareText(one.line, other.line)
}

function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
