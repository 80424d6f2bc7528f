import { type ApprovalRequirement, ApprovalDecisionType, type Policy } from '@counterfoil/core'
import { createPolicy } from '@counterfoil/rules'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ruleSetFolders } from '../scripts/rule-set-folders.ts'

const matrices: ReadonlyMap<string, Policy> = new Map(
  ruleSetFolders()
    .filter(({ loaded }) => loaded.ruleSet.kind === 'approval')
    .map(({ name, loaded }) => [name, createPolicy({ ruleSets: [loaded] })]),
)

/** How many have to agree before a decision stands; nobody's word is enough where it is refused. */
function strictnessOf(requirement: ApprovalRequirement): number {
  switch (requirement.outcome) {
    case 'not-needed':
      return 0
    case 'refused':
      return Number.POSITIVE_INFINITY
    case 'needed':
      return requirement.steps
        .map(({ mode, roles, quorum }) =>
          mode === 'all' ? roles.length : mode === 'quorum' ? (quorum ?? 1) : 1,
        )
        .reduce((sum, count) => sum + count, 0)
  }
}

const cents = fc.integer({ min: 0, max: 20_000_000 })
const money = (amount: number) => (amount / 100).toFixed(2)

it('there is an approval matrix', () => {
  expect(matrices.size).toBeGreaterThan(0)
})

describe.each([...matrices])('%s', (_, policy) => {
  const ask = (approval: object) => policy.approval({ approval })

  it.each(ApprovalDecisionType.options)(
    'says by a rule who approves: %s (R-30)',
    (decisionType) => {
      for (const amount of ['0', '100.00', '12345.67', '99999999.99']) {
        const exposure = { amount, currency: 'EUR' }
        const { decision } = ask({ decisionType, exposure })
        expect(decision.firedRules, amount).toHaveLength(1)
        expect(ask({ decisionType }).value.outcome).toBe('needed')
      }
    },
  )

  it('never asks fewer persons for more money, in whatever currency it was converted from', () => {
    const decisionType = fc.constantFrom(...ApprovalDecisionType.options)
    fc.assert(
      fc.property(decisionType, cents, cents, (type, one, other) => {
        const amounts = [Math.min(one, other), Math.max(one, other)].map(money)
        const inEuro = amounts.map((amount) =>
          ask({ decisionType: type, exposure: { amount, currency: 'EUR' } }),
        )
        const converted = amounts.map((exposureInMatrixCurrency) =>
          ask({
            decisionType: type,
            exposure: { amount: '1', currency: 'JPY' },
            exposureInMatrixCurrency,
          }),
        )
        const [less = 0, more = 0] = inEuro.map(({ value }) => strictnessOf(value))
        expect(more).toBeGreaterThanOrEqual(less)
        expect(converted.map(({ value }) => value)).toEqual(inEuro.map(({ value }) => value))
      }),
    )
  })

  it('asks two persons wherever more than one role has to agree', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ApprovalDecisionType.options), cents, (type, amount) => {
        const exposure = { amount: money(amount), currency: 'EUR' }
        const { value } = ask({ decisionType: type, exposure })
        if (value.outcome === 'needed') expect(value.fourEyes).toBe(strictnessOf(value) > 1)
      }),
    )
  })

  it.each(['USD', 'JPY'])('takes %s nobody converted for the largest amount', (currency) => {
    for (const decisionType of ApprovalDecisionType.options) {
      const small = ask({ decisionType, exposure: { amount: '1.00', currency } }).value
      const unknown = ask({ decisionType }).value
      expect(small).toEqual(unknown)
    }
  })

  it.each(['BLOCKED_SUPPLIER', 'UNVERIFIED_SENDER', 'BANK_CHANGE'])(
    'lets nobody pay over a %s, whoever asks and however little it is',
    (exceptionCode) => {
      for (const decisionType of ['accept-variance', 'release-hold', 'credit', 'write-off']) {
        const exposure = { amount: '0.01', currency: 'EUR' }
        const { value } = ask({ decisionType, exposure, exceptionCode })
        expect(value).toEqual({ outcome: 'refused' })
      }
    },
  )
})
