/** One step into a fact: a field's name or a position in a list. */
export type FactStep = string | number

const step = /\.([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,4})\]/y

// Names every object has: a rule that could say them would reach into the program instead of the fact.
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** True for a field name that may not stand in a path or as a key of a rule set. */
export const isForbiddenName = (name: string): boolean => forbidden.has(name)

/**
 * The steps of a path such as `$.price.type` or `$.lots[0]`; none for no path. Null where it is not a
 * path of this grammar: `$`, then names and positions, nothing else.
 */
export const readFactPath = (path: string | undefined): readonly FactStep[] | null => {
  if (path === undefined) return []
  if (!path.startsWith('$') || path.length === 1 || path.length > 200) return null
  const steps: FactStep[] = []
  step.lastIndex = 1
  while (step.lastIndex < path.length) {
    const [, name, position] = step.exec(path) ?? []
    if (name !== undefined && !isForbiddenName(name)) steps.push(name)
    else if (position !== undefined) steps.push(Number(position))
    else return null
  }
  return steps
}

/** A place inside the facts, as a decision shows it: `discrepancy.kind`, `line.lots[0]`. */
export const writeFactPlace = (fact: string, steps: readonly FactStep[]): string =>
  steps.reduce<string>(
    (text, one) => (typeof one === 'number' ? `${text}[${one}]` : `${text}.${one}`),
    fact,
  )
