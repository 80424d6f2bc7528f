import { readFile } from 'node:fs/promises'
import { loadCaseProfiles } from '../match-cases/case-profiles.ts'
import { MatchCaseFile } from '../match-cases/match-case.ts'
import { type CaseOutcome, runMatchCase } from '../match-cases/run-match-case.ts'

/**
 * `counterfoil match-cases FILE...`: runs worked match cases through the matcher, each under the rules of
 * its profile. One line a case, then the counts; ends with 1 when a case fails.
 */
export async function matchCasesCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  if (args.length === 0) {
    out('match-cases: name at least one file of worked cases')
    return 2
  }
  const profiles = loadCaseProfiles()
  let passed = 0
  let failed = 0
  for (const path of args) {
    const cases = casesIn(await readFile(path, 'utf8'))
    if (cases === null) {
      out(`${path}: not a file of match cases: it needs a list of \`cases\``)
      return 2
    }
    for (const one of cases) {
      const outcome = runMatchCase(one, profiles)
      out(describeOutcome(outcome))
      if (outcome.differences.length === 0) passed += 1
      else failed += 1
    }
  }
  out(`${passed + failed} cases, ${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}

function casesIn(text: string): readonly unknown[] | null {
  try {
    const { data } = MatchCaseFile.safeParse(JSON.parse(text))
    return data?.cases ?? null
  } catch {
    return null
  }
}

/** `MC-001 pass`, or what was expected beside what came out. */
function describeOutcome({ id, differences }: CaseOutcome): string {
  if (differences.length === 0) return `${id} pass`
  const listed = differences.map(
    ({ place, expected, actual }) => `${place}: expected ${expected}, actual ${actual}`,
  )
  return `${id} fail ${listed.join('; ')}`
}
