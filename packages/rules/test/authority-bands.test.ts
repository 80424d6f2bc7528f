import { calendarDate, type ApprovalRequirement, money } from '@counterfoil/core'
import { createPolicySource, loadRuleSet } from '@counterfoil/rules'
import { describe, expect, it } from 'vitest'

/** A band of an authority matrix: from above `over` to `upTo`, both in EUR, the upper bound itself included. */
const band = (name: string, [over, upTo]: readonly [string, string | null], params: object) => ({
  name,
  priority: 10,
  conditions: {
    all: [
      { fact: 'approval', path: '$.decisionType', operator: 'equal', value: 'accept-variance' },
      { fact: 'approval', path: '$.exposure.currency', operator: 'equal', value: 'EUR' },
      { fact: 'approval', path: '$.exposure.amount', operator: 'decimal-above', value: over },
      ...(upTo === null
        ? []
        : [
            {
              fact: 'approval',
              path: '$.exposure.amount',
              operator: 'decimal-at-most',
              value: upTo,
            },
          ]),
    ],
  },
  event: { type: 'approval', params: { because: name, ...params } },
})

const step = (roles: readonly string[], also: object = {}) => ({
  roles,
  mode: 'any',
  dueBusinessHours: 8,
  escalateToRole: null,
  ...also,
})
const needed = (steps: readonly object[], also: object = {}) => ({
  outcome: 'needed',
  fourEyes: false,
  steps,
  ...also,
})

const matrix = (version: string, effectiveFrom: string, scope: object, limit: string) =>
  loadRuleSet({
    id: `authority-${Object.keys(scope).length === 0 ? 'group' : 'north'}`,
    kind: 'approval',
    version,
    effectiveFrom,
    scope,
    owner: 'finance',
    title: 'Who accepts a variance',
    rules: [
      band('up to the limit of a buyer', ['-0.01', limit], { outcome: 'not-needed' }),
      band(
        'up to 10000',
        [limit, '10000'],
        needed([step(['head-of-purchasing'], { escalateToRole: 'finance-director' })]),
      ),
      band(
        'above',
        ['10000', null],
        needed(
          [
            step(['head-of-purchasing']),
            step(['controller', 'finance-director', 'managing-director'], {
              mode: 'quorum',
              quorum: 2,
            }),
          ],
          { fourEyes: true, expiresAfterBusinessHours: 40 },
        ),
      ),
    ],
  } as never)

const policies = createPolicySource([
  matrix('1.0.0', '2026-01-01', {}, '100'),
  matrix('2.0.0', '2027-01-01', {}, '250'),
  matrix('1.0.0', '2026-01-01', { businessUnit: 'north' }, '500'),
] as never)

function ask(
  amount: string,
  { currency = 'EUR', on = '2026-12-01', businessUnit = undefined as string | undefined } = {},
): {
  readonly value: ApprovalRequirement
  readonly fired: readonly string[]
  readonly version: string
} {
  const scope = { tenant: 'acme', ...(businessUnit !== undefined && { businessUnit }) }
  const { value, decision } = policies
    .pick(scope, calendarDate(on))
    .approval({ approval: { decisionType: 'accept-variance', exposure: money(amount, currency) } })
  return { value, fired: decision.firedRules, version: decision.reference.version }
}

describe('an authority matrix', () => {
  it.each([
    ['0', 'up to the limit of a buyer'],
    ['100.00', 'up to the limit of a buyer'],
    ['100.01', 'up to 10000'],
    ['10000', 'up to 10000'],
    ['10000.01', 'above'],
  ])('puts %s EUR in the band %s: its upper bound is in it (R-30)', (amount, name) => {
    expect(ask(amount).fired).toEqual([name])
  })

  it.each([
    ['2026-12-31', '250.00', '1.0.0', 'needed'],
    ['2027-01-01', '250.00', '2.0.0', 'not-needed'],
    ['2027-01-01', '250.01', '2.0.0', 'needed'],
  ])(
    'is that of the business day: on %s %s EUR by version %s are %s (R-41)',
    (on, amount, version, outcome) => {
      expect(ask(amount, { on })).toMatchObject({ version, value: { outcome } })
    },
  )

  it('is that of the business unit, where it has its own (R-41)', () => {
    expect(ask('500', { businessUnit: 'north' }).value.outcome).toBe('not-needed')
    expect(ask('500', { businessUnit: 'south' }).value.outcome).toBe('needed')
  })

  it('never compares an amount in another currency: the careful answer holds', () => {
    const other = ask('1.00', { currency: 'JPY' })
    expect(other.fired).toEqual([])
    expect(other.value).toMatchObject({
      outcome: 'needed',
      fourEyes: true,
      steps: [{ roles: ['controller'] }],
    })
  })

  it('says all that the steps need: quorum, four eyes, who is called, and when the request falls', () => {
    expect(ask('24400.00').value).toEqual({
      outcome: 'needed',
      fourEyes: true,
      expiresAfterBusinessHours: 40,
      steps: [
        { roles: ['head-of-purchasing'], mode: 'any', dueBusinessHours: 8, escalateToRole: null },
        {
          roles: ['controller', 'finance-director', 'managing-director'],
          mode: 'quorum',
          quorum: 2,
          dueBusinessHours: 8,
          escalateToRole: null,
        },
      ],
    })
  })
})

it('a conduct rule says for which duties a second approver may stand, and no rule set for what is no duty (R-41)', () => {
  const conduct = (duties: readonly (readonly string[])[]) => ({
    id: 'small-branches',
    kind: 'matching',
    version: '1.0.0',
    effectiveFrom: '2026-01-01',
    scope: {},
    owner: 'finance',
    title: 'Branches of two people',
    rules: [
      {
        name: 'branch',
        priority: 10,
        conditions: {
          all: [{ fact: 'invoice', path: '$.supplier', operator: 'equal', value: 'S100' }],
        },
        event: {
          type: 'conduct',
          params: {
            retainConfirmationOnUnchangedLines: true,
            completeWithinUnderDelivery: false,
            partialRelease: false,
            rematchOnPolicyChange: false,
            roundingMode: 'half-up',
            compensableDuties: duties,
            because: 'nobody else is there',
          },
        },
      },
    ],
  })
  const ruleSet = loadRuleSet(conduct([['receive', 'enter-invoice']]) as never)
  const { value } = createPolicySource([ruleSet])
    .pick({ tenant: 'acme' }, calendarDate('2026-12-01'))
    .conduct({ invoice: { supplier: 'S100' } })
  expect(value.compensableDuties).toEqual([['receive', 'enter-invoice']])
  expect(() => loadRuleSet(conduct([['receive', 'make-coffee']]) as never)).toThrow(
    expect.objectContaining({ code: 'RULE_SET_INVALID' }),
  )
})
