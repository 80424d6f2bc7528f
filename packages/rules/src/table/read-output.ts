import { isForbiddenName } from '../facts/fact-path.ts'
import { nameOutput } from './rule-table.ts'

/** Stands for "leave this place out of the answer". */
export const leftOut = '-'

/** Where an output goes, step by step; null for what is not a pointer. The row's name has no steps. */
export const readOutput = (output: string): readonly string[] | null => {
  if (output === nameOutput) return []
  if (!output.startsWith('/') || /~(?![01])/.test(output)) return null
  const steps = output
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  return steps.some((step) => step === '' || isForbiddenName(step)) ? null : steps
}

/**
 * A copy of the answer with a value put at the place. What is missing on the way is made; a position of a list
 * has to be there. `"-"` takes the place out.
 */
export const putAt = (
  answer: unknown,
  [step, ...rest]: readonly string[],
  value: unknown,
): unknown => {
  if (step === undefined) return value
  if (Array.isArray(answer)) {
    const members: readonly unknown[] = answer
    return members.map((one, index) => (String(index) === step ? putAt(one, rest, value) : one))
  }
  const fields: Readonly<Record<string, unknown>> =
    typeof answer === 'object' && answer !== null ? { ...answer } : {}
  if (rest.length > 0 || value !== leftOut) {
    return { ...fields, [step]: putAt(fields[step], rest, value) }
  }
  const { [step]: _leftOut, ...others } = fields
  return others
}
