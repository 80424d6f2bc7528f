// What the page of a host does: it takes the rule sets from its server and decides.
import * as z from 'zod'
import type { RuleSetFiles } from './answers.ts'

// zod tries once, when the first schema is made, whether code may be made from text, and a browser reports
// the attempt. Said before anything with schemas is imported, this leaves it out.
z.config({ jitless: true })

const { answersTo } = await import('./answers.ts')
const response = await fetch('/rule-sets.json')
const sets: readonly RuleSetFiles[] = JSON.parse(await response.text())
Object.assign(globalThis, { answers: answersTo(sets) })
