import type { AnalysisFinding, OpaqueComparison } from '@counterfoil/rules/analyse'

/** The most comparisons of one set that are named. */
const namedMax = 6

/**
 * What an analysis found, for people: each finding with facts that show it, once where several versions of a
 * set have it; then the comparisons that were not looked into. Information only where `all` is asked for.
 */
export function describeAnalysis(
  findings: readonly AnalysisFinding[],
  opaque: readonly OpaqueComparison[],
  all: boolean,
): readonly string[] {
  const told = [...Map.groupBy(findings, sameIn).values()]
  const shown = told.filter(([one]) => all || one?.severity !== 'information')
  const quiet = told.length - shown.length
  return [
    ...shown.flatMap(describeFinding),
    ...[...Map.groupBy(opaque, ({ ruleSet }) => ruleSet)].map(describeOpaque),
    ...(quiet > 0 ? [`${quiet} more for information, with --all`] : []),
  ]
}

/** Equal for what is found in several versions of one set. */
function sameIn({ ruleSet, kind, severity, sentence }: AnalysisFinding): string {
  return JSON.stringify([ruleSet.replace(/@.*/, ''), kind, severity, sentence])
}

function describeFinding(same: readonly AnalysisFinding[]): readonly string[] {
  const last = same.at(-1)
  if (last === undefined) return []
  const { ruleSet, pointer, severity, sentence, witness } = last
  const earlier = same.slice(0, -1).map((one) => one.ruleSet.replace(/.*@/, ''))
  const also = earlier.length === 0 ? '' : ` (and ${earlier.join(', ')})`
  const line = `${ruleSet}${also} at ${pointer}: ${severity}: ${sentence}`
  return witness === undefined ? [line] : [line, `  for example: ${JSON.stringify(witness)}`]
}

function describeOpaque([ruleSet, comparisons]: [string, readonly OpaqueComparison[]]): string {
  const named = comparisons
    .slice(0, namedMax)
    .map(({ comparison, why }) => `\`${comparison}\` (${why})`)
  const more = comparisons.length - named.length
  const names = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
  const count = counted(comparisons.length, 'comparison')
  return `${ruleSet}: ${count} not looked into, taken to come out either way: ${names}`
}

/** A number of things: `1 version`, `2 versions`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
