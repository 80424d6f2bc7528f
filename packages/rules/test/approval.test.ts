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

  it.each(['CHF', 'JPY'])('takes %s nobody converted for the largest amount', (currency) => {
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

describe('the bands of the newest canonical matrix in dollars and pounds (R-30)', () => {
  const policyOf = (name: string) => {
    const policy = matrices.get(name)
    if (policy === undefined) throw new Error(`there is no \`${name}\``)
    return policy
  }
  const rulesFor = (name: string, decisionType: string, amount: string, currency: string) =>
    policyOf(name).approval({ approval: { decisionType, exposure: { amount, currency } } }).decision
      .firedRules
  const own = (decisionType: string, amount: string, currency: string) =>
    rulesFor('canonical-approval@1.1.0', decisionType, amount, currency)

  it.each([
    ['write-off', '10.00', 'USD', 'write-off-up-to-10'],
    ['write-off', '15.00', 'USD', 'write-off-up-to-500'],
    ['write-off', '500.00', 'GBP', 'write-off-up-to-500'],
    ['write-off', '500.01', 'GBP', 'write-off-up-to-5000'],
    ['write-off', '5000.01', 'USD', 'write-off-above'],
    ['order', '1000.00', 'GBP', 'order-up-to-1000'],
    ['order', '100000.01', 'USD', 'order-above'],
    ['write-off', '15.00', 'CHF', 'write-off-above'],
  ])(
    '%s of %s %s is decided by %s, as the figure stands',
    (decisionType, amount, currency, rule) => {
      expect(own(decisionType, amount, currency)).toEqual([rule])
    },
  )

  it('are the figures of that currency, and what was converted all the same goes by what it was converted to', () => {
    // 15.00 dollars that the host converted to 9.80 in the currency of the matrix are up to 10.
    const { decision } = policyOf('canonical-approval@1.1.0').approval({
      approval: {
        decisionType: 'write-off',
        exposure: { amount: '15.00', currency: 'USD' },
        exposureInMatrixCurrency: '9.80',
      },
    })
    expect(decision.firedRules).toEqual(['write-off-up-to-10'])
  })

  it('were none in 1.0.0, which stays as it was released', () => {
    const { value } = policyOf('canonical-approval@1.0.0').approval({
      approval: { decisionType: 'write-off', exposure: { amount: '15.00', currency: 'USD' } },
    })
    expect(strictnessOf(value)).toBe(3)
  })
})
