import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { CounterfoilError } from '@counterfoil/core'
import type { FetchedFact, FetchedFacts } from '@counterfoil/rules'
import * as z from 'zod'

/** The facts a host has fetched, as its own module declares them (`export const fetched`); none where no module is named. */
export function readFetchedFacts(module: string): FetchedFacts {
  if (module === '') return {}
  const read = Declaring.safeParse(load(module))
  if (read.success) return read.data.fetched
  const place = read.error.issues[0]?.path.join('.') ?? ''
  throw unreadable(
    module,
    `\`${place}\` is not as wanted: export \`fetched\`, as \`loadRuleSet\` takes it`,
  )
}

const schema = z.custom<z.ZodType>((value) => value instanceof z.ZodType)
const Fact: z.ZodType<FetchedFact> = z.object({ value: schema, params: schema })
const Declaring = z.object({ fetched: z.record(z.string(), Fact) })

function load(module: string): unknown {
  try {
    return createRequire(import.meta.url)(resolve(module))
  } catch (cause) {
    throw unreadable(module, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function unreadable(module: string, why: string, cause?: unknown): CounterfoilError {
  const sentence = `cannot read the fetched facts of \`${module}\`, ${why}`
  return new CounterfoilError('SETTINGS_INVALID', sentence, { cause })
}
