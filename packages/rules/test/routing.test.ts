import { ExceptionCode, type Policy } from '@counterfoil/core'
import { createPolicy } from '@counterfoil/rules'
import { describe, expect, it } from 'vitest'
import { newestOf, ruleSetFolders } from '../scripts/rule-set-folders.ts'

// A set of clocks alone names no desks: it stands beside one that does.
const routings = ruleSetFolders().filter(({ loaded }) =>
  loaded.rules.some(({ event }) => event.type === 'route'),
)

const policies: ReadonlyMap<string, Policy> = new Map(
  routings.map(({ name, loaded }) => [name, createPolicy({ ruleSets: [loaded] })]),
)

/** Codes there were none of when the sets of version 1.0.0 were released: the documented default answers for them. */
const younger: ReadonlySet<string> = new Set(['PREPAYMENT_OPEN', 'PREPAYMENT_OVER'])
const named = ExceptionCode.options.filter((code) => !younger.has(code))

/** Every code the rules of a set ask for by name. */
const codesIn = (json: unknown): readonly string[] => {
  if (typeof json !== 'object' || json === null) return []
  const { path, value, ...rest } = json as Readonly<Record<string, unknown>>
  const own = path === '$.code' ? [value].flat().map(String) : codesIn(value)
  return [...own, ...Object.values(rest).flatMap(codesIn)]
}

/** The codes a released version of the canonical routes names. */
const codesOf = (name: string): readonly string[] => {
  const found = routings.find((one) => one.name === name)
  if (found === undefined) throw new Error(`there is no \`${name}\``)
  return [...new Set(codesIn(found.loaded.ruleSet.rules))].toSorted()
}

describe('the canonical routing rules', () => {
  it('name every code a case could have at their release, and no other (R-24)', () => {
    expect(codesOf('canonical-routing@1.0.0')).toEqual(named.toSorted())
  })

  it('name in their newest version every code a case can have: the default answers for none (R-24)', () => {
    const newest = newestOf(ruleSetFolders()).find(
      ({ loaded }) => loaded.ruleSet.id === 'canonical-routing',
    )
    expect(codesOf(newest?.name ?? '')).toEqual(ExceptionCode.options.toSorted())
    for (const code of ExceptionCode.options) {
      const { value, decision } = createPolicy({
        ruleSets: newest === undefined ? [] : [newest.loaded],
      }).routing({ exception: { code } })
      expect(decision.firedRules, code).toHaveLength(1)
      expect(value.dueBusinessHours, code).toBeGreaterThan(0)
      expect(value.escalation.length, code).toBeGreaterThan(0)
    }
  })

  it.each([...younger])('leave %s to the default, which has an owner and a due time', (code) => {
    const policy = policies.get('canonical-routing@1.0.0')
    const answer = policy?.routing({ exception: { code } })
    expect(answer?.decision.firedRules).toEqual([])
    expect(answer?.value.ownerRole).toBeTruthy()
    expect(answer?.value.dueBusinessHours).toBeGreaterThan(0)
  })
})

describe.each([...policies])('%s', (_, policy) => {
  it.each(named)('gives %s an owner, a due time and an escalation (R-24, R-104)', (code) => {
    const { value, decision } = policy.routing({ exception: { code } })
    // The default of a question no rule answers would have all three as well.
    expect(decision.firedRules).toHaveLength(1)
    expect(value.ownerRole).not.toBe('')
    expect(value.dueBusinessHours).toBeGreaterThan(0)
    expect(value.escalation.length).toBeGreaterThan(0)
  })

  it('calls the next desk no earlier than the one before', () => {
    for (const code of ExceptionCode.options) {
      const { escalation } = policy.routing({ exception: { code } }).value
      const hours = escalation.map(({ afterBusinessHours }) => afterBusinessHours)
      expect(hours, code).toEqual(hours.toSorted((a, b) => a - b))
    }
  })

  it.each(['acknowledgment', 'ship-notice', 'receipt', 'approval', 'change-decision'])(
    'sets a clock for the wait for: %s',
    (waitedFor) => {
      const { value, decision } = policy.timing({ waiting: { for: waitedFor } })
      expect(decision.firedRules).toHaveLength(1)
      expect(value.overdueAfterBusinessHours).toBeGreaterThan(0)
    },
  )
})
