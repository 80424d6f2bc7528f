import * as z from 'zod'
import type { DecisionRecord } from '../evaluate/decision-record.ts'
import { readDecisionRecord } from '../evaluate/write-decision-record.ts'

const DecisionObject = z.strictObject({
  ruleSet: z.string().max(200),
  version: z.string().max(80),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  fired: z.string().regex(/^[0-9a-f]*$/),
  given: z.string().regex(/^[0-9a-f]*$/),
  slots: z.array(z.json()),
})

/**
 * A line of a file of decisions as a record, or why it is none: as `writeDecisionRecord` wrote it, or the record as
 * JSON. What stands in the file is foreign.
 */
export const readDecisionLine = (
  text: string,
): { readonly record: DecisionRecord } | { readonly fault: string } => {
  if (text.startsWith('{')) return readObject(text)
  try {
    return { record: readDecisionRecord(text) }
  } catch {
    return { fault: 'it is no decision: give a line as `writeDecisionRecord` wrote it' }
  }
}

const readObject = (
  text: string,
): { readonly record: DecisionRecord } | { readonly fault: string } => {
  const { data, error } = DecisionObject.safeParse(parse(text))
  if (data !== undefined) return { record: data }
  const [issue] = error.issues
  return {
    fault: `it is no decision, at \`${issue?.path.join('/') ?? ''}\`: ${issue?.message ?? ''}`,
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
