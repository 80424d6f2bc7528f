import type * as z from 'zod'
import { pointerTo } from '../rule-set/rule-set-finding.ts'
import { parseJson } from './parse-json.ts'

/** The text of a file as what it should be, or what is wrong with it and where. */
export const readJsonAs = <Value>(
  schema: z.ZodType<Value>,
  text: string,
): { readonly value: Value } | { readonly why: string; readonly pointer: string } => {
  try {
    const { data, error } = schema.safeParse(parseJson(text))
    if (error === undefined) return { value: data }
    const [issue] = error.issues
    const path = issue?.path ?? []
    const pointer = path.reduce<string>((at, key) => pointerTo(at, String(key)), '')
    return { why: issue?.message ?? 'not as written', pointer }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { why: `the file is not JSON, ${why}`, pointer: '' }
  }
}
