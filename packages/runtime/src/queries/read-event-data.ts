import { describeDiscrepancy, Discrepancy } from '@counterfoil/core'

/** An object somewhere in an event's data. */
export type DataObject = { readonly [name: string]: unknown }

/** How deep an event's data is searched. */
const depthMax = 12

/** Visits every object of an event's data, outer ones first. */
export function walkObjects(value: unknown, visit: (object: DataObject) => void, depth = 0): void {
  if (depth > depthMax || typeof value !== 'object' || value === null) return
  if (isDataObject(value)) visit(value)
  for (const inner of Object.values(value)) walkObjects(inner, visit, depth + 1)
}

/** The texts of a field that holds one or a list of them. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** A difference that was held against the tolerances: what differs, and how it was judged. */
export type JudgedDifference = {
  readonly kind: Discrepancy['kind']
  readonly judgement: 'within' | 'warn' | 'outside'
  readonly sentence: string
}

/** The judged difference an object records; null when it records none. */
export function judgedIn({ discrepancy, judgement }: DataObject): JudgedDifference | null {
  if (judgement !== 'within' && judgement !== 'warn' && judgement !== 'outside') return null
  const parsed = Discrepancy.safeParse(discrepancy)
  if (!parsed.success) return null
  const sentence = `${describeDiscrepancy(parsed.data)}, ${judgementWords[judgement]}`
  return { kind: parsed.data.kind, judgement, sentence }
}

const judgementWords = {
  within: 'within what is accepted',
  warn: 'accepted with a remark',
  outside: 'more than is accepted',
} as const

function isDataObject(value: object): value is DataObject {
  return !Array.isArray(value)
}
