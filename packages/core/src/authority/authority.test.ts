import { describe, expect, it } from 'vitest'
import { calendarDate } from '../calendar/calendar-date.ts'
import { instant } from '../calendar/instant.ts'
import { money } from '../money/money.ts'
import { answerFromDirectory } from './answer-from-directory.ts'
import { AuthorityDirectory } from './authority-directory.ts'
import type { AuthorityQuestion } from './authority-question.ts'
import { limitRefusal } from './check-limit.ts'
import { Delegation, recordDelegation } from './delegation.ts'
import { breachesAmong, breachesOfDuty, dutyConflicts, withDuty } from './duty.ts'

const directory = AuthorityDirectory.parse({
  holders: [
    { person: 'heidi', role: 'head-of-purchasing' },
    { person: 'carl', role: 'controller', validTo: '2026-12-31' },
    { person: 'nora', role: 'controller', validFrom: '2027-01-01' },
    { person: 'ines', role: 'controller', scope: { buyerOrganisation: ['0002'] } },
    { person: 'fiona', role: 'finance-director' },
  ],
  roles: [
    {
      role: 'head-of-purchasing',
      decisionTypes: ['accept-variance'],
      limit: money('20000', 'EUR'),
    },
    {
      role: 'controller',
      decisionTypes: ['accept-variance'],
      limit: money('5000', 'EUR'),
      validTo: '2026-06-30',
    },
    {
      role: 'controller',
      decisionTypes: ['accept-variance'],
      limit: money('12000', 'EUR'),
      validFrom: '2026-07-01',
    },
    { role: 'finance-director', limit: null },
  ],
  delegations: [
    {
      delegationId: 'd1',
      from: 'heidi',
      to: 'dora',
      decisionTypes: ['accept-variance'],
      exposureMax: money('15000', 'EUR'),
      validFrom: '2026-12-01',
      validTo: '2026-12-11',
      reason: 'on holiday',
    },
    {
      delegationId: 'd2',
      from: 'dora',
      to: 'emil',
      decisionTypes: ['accept-variance', 'credit'],
      validFrom: '2026-12-03',
      validTo: '2026-12-04',
      reason: 'at the fair',
    },
  ],
  rates: [
    { from: 'USD', to: 'EUR', rate: '0.90', rateDate: '2026-11-30' },
    { from: 'USD', to: 'EUR', rate: '0.95', rateDate: '2026-12-24' },
  ],
})

const ask = (who: string, asked: Partial<AuthorityQuestion> = {}) =>
  answerFromDirectory(directory, {
    tenant: 'acme',
    actor: { kind: 'user', id: who, roles: [] },
    action: 'invoice.approved',
    decisionType: 'accept-variance',
    asRoles: null,
    scope: { buyerOrganisation: '0001', supplier: 'S100' },
    exposure: money('12000.00', 'EUR'),
    at: instant('2026-12-02T09:00:00Z'),
    businessDate: calendarDate('2026-12-02'),
    duty: 'approve-invoice',
    duties: [],
    ...asked,
  })
const outcome = (answer: ReturnType<typeof ask>) =>
  answer.kind === 'allowed' ? `as ${answer.authority.asRole}` : answer.reason
const on = (date: string) => ({ businessDate: calendarDate(date) })

describe('who may do what', () => {
  it.each([
    [
      'the holder of a role, up to its limit and not beyond',
      'carl',
      { exposure: money('12000.00', 'EUR') },
      'as controller',
    ],
    ['a cent more', 'carl', { exposure: money('12000.01', 'EUR') }, 'limit-exceeded'],
    ['a credit of as much', 'carl', { exposure: money('-12000.01', 'EUR') }, 'limit-exceeded'],
    [
      'the limit of before',
      'carl',
      { ...on('2026-06-30'), exposure: money('5000.01', 'EUR') },
      'limit-exceeded',
    ],
    ['the last day of a role', 'carl', on('2026-12-31'), 'as controller'],
    ['the day after', 'carl', on('2027-01-01'), 'no-authority'],
    ['the first day of another', 'nora', on('2027-01-01'), 'as controller'],
    ['the day before', 'nora', on('2026-12-31'), 'no-authority'],
    ['another business unit', 'ines', {}, 'no-authority'],
    ['their own', 'ines', { scope: { buyerOrganisation: '0002' } }, 'as controller'],
    ['any amount', 'fiona', { exposure: money('9999999', 'EUR') }, 'as finance-director'],
    ['another kind of decision', 'heidi', { decisionType: 'write-off' }, 'role-may-not'],
    ['a role that is not asked', 'heidi', { asRoles: ['controller'] }, 'no-authority'],
    ['nobody knows them', 'otto', {}, 'no-authority'],
    ['a machine', 'fiona', { actor: { kind: 'ai', id: 'fiona', roles: [] } }, 'not-a-person'],
    [
      'no sign-in',
      'fiona',
      { actor: { kind: 'user', id: 'fiona', roles: [], assurance: 'low' } },
      'not-sure-who',
    ],
  ] as const)('%s (R-30)', (_, who, asked, expected) => {
    expect(outcome(ask(who, asked as Partial<AuthorityQuestion>))).toBe(expected)
  })

  it('never compares amounts of two currencies: it converts at a rate it keeps, or refuses', () => {
    // 13333.33 USD at 0.90 are 11999.997, rounded 12000.00 EUR; a cent more are 12000.006, 12000.01.
    const within = ask('carl', { exposure: money('13333.33', 'USD') })
    expect(within).toMatchObject({
      kind: 'allowed',
      authority: {
        converted: {
          from: money('13333.33', 'USD'),
          to: money('12000.00', 'EUR'),
          rate: '0.90',
          rateDate: '2026-11-30',
        },
      },
    })
    expect(outcome(ask('carl', { exposure: money('13333.34', 'USD') }))).toBe('limit-exceeded')
    // From the 24th on a dollar is 0.95: 13333.33 of them are 12666.66.
    expect(outcome(ask('carl', { ...on('2026-12-24'), exposure: money('13333.33', 'USD') }))).toBe(
      'limit-exceeded',
    )
    expect(outcome(ask('carl', { exposure: money('1.00', 'CHF') }))).toBe('currency-not-converted')
    expect(outcome(ask('fiona', { exposure: money('1.00', 'CHF') }))).toBe('as finance-director')
  })

  it('works a recorded conversion out again, and takes none that is of another amount', () => {
    const authority = {
      asRole: 'controller',
      limit: money('12000', 'EUR'),
      converted: {
        from: money('20000', 'USD'),
        to: money('10', 'EUR'),
        rate: '0.90',
        rateDate: calendarDate('2026-11-30'),
      },
    }
    expect(limitRefusal(authority as never, money('20000', 'USD'))?.reason).toBe(
      'currency-not-converted',
    )
    const ofAnother = {
      ...authority,
      converted: { ...authority.converted, to: money('18000', 'EUR') },
    }
    expect(limitRefusal(ofAnother as never, money('20001', 'USD'))?.reason).toBe(
      'currency-not-converted',
    )
    expect(limitRefusal(ofAnother as never, money('20000', 'USD'))?.reason).toBe('limit-exceeded')
  })

  it('lets a delegate act for its giver, on the days and up to the amount that was delegated', () => {
    const answer = ask('dora')
    expect(answer).toMatchObject({
      kind: 'allowed',
      authority: {
        asRole: 'head-of-purchasing',
        onBehalfOf: 'heidi',
        delegatedBy: ['heidi'],
        limit: money('20000', 'EUR'),
        because:
          'head-of-purchasing decides up to 20000 EUR; delegated until 2026-12-11: on holiday',
      },
    })
    expect(outcome(ask('dora', { exposure: money('15000.01', 'EUR') }))).toBe(
      'delegation-limit-exceeded',
    )
    expect(outcome(ask('dora', on('2026-11-30')))).toBe('delegation-not-in-force')
    expect(outcome(ask('dora', on('2026-12-11')))).toBe('as head-of-purchasing')
    expect(outcome(ask('dora', on('2026-12-12')))).toBe('delegation-not-in-force')
    expect(outcome(ask('dora', { decisionType: 'credit' }))).toBe('delegation-not-for-this')
  })

  it('lets a chain hold only while all of it does', () => {
    expect(ask('emil', on('2026-12-03'))).toMatchObject({
      kind: 'allowed',
      authority: { onBehalfOf: 'heidi', delegatedBy: ['heidi', 'dora'] },
    })
    expect(outcome(ask('emil', on('2026-12-02')))).toBe('delegation-not-in-force')
    expect(outcome(ask('emil', on('2026-12-05')))).toBe('delegation-not-in-force')
  })

  it('keeps duties apart for who acts and for everybody they act for (INV-16)', () => {
    const by = (person: string) => ({
      duties: [{ duty: 'enter-invoice', by: person }] as const,
      ...on('2026-12-03'),
    })
    for (const person of ['emil', 'dora', 'heidi']) {
      expect(outcome(ask('emil', by(person))), person).toBe('duty-conflict')
    }
    expect(outcome(ask('emil', by('carl')))).toBe('as head-of-purchasing')
  })

  it('lets one decision that was handed over be taken for who did', () => {
    const handedOver = { from: 'carl', asRole: 'controller' }
    expect(ask('otto', { handedOver })).toMatchObject({
      kind: 'allowed',
      authority: { asRole: 'controller', onBehalfOf: 'carl', delegatedBy: ['carl'] },
    })
    expect(outcome(ask('otto', { handedOver, exposure: money('12000.01', 'EUR') }))).toBe(
      'limit-exceeded',
    )
  })
})

describe('a delegation', () => {
  const aDelegation = (from: string, to: string, also: object = {}): Delegation =>
    Delegation.parse({
      delegationId: `${from}-${to}`,
      from,
      to,
      decisionTypes: ['accept-variance'],
      validFrom: '2026-12-01',
      validTo: '2026-12-11',
      reason: 'away',
      ...also,
    })
  const known = [aDelegation('anna', 'bert'), aDelegation('bert', 'carl')]

  it.each([
    ['to another', aDelegation('carl', 'dora'), 'recorded'],
    ['to oneself', aDelegation('carl', 'carl'), 'delegation-to-oneself'],
    [
      'that ends before it begins',
      aDelegation('carl', 'dora', { validTo: '2026-11-30' }),
      'delegation-dates',
    ],
    [
      'under an id that is taken',
      { ...aDelegation('carl', 'dora'), delegationId: 'anna-bert' },
      'delegation-known',
    ],
    ['back to who gave it', aDelegation('bert', 'anna'), 'delegation-cycle'],
    ['back through a chain', aDelegation('carl', 'anna'), 'delegation-cycle'],
    [
      'back on its last day',
      aDelegation('carl', 'anna', { validFrom: '2026-12-11', validTo: '2026-12-31' }),
      'delegation-cycle',
    ],
    [
      'back once the others are over',
      aDelegation('carl', 'anna', { validFrom: '2026-12-12', validTo: '2026-12-31' }),
      'recorded',
    ],
    [
      'back for something else',
      aDelegation('carl', 'anna', { decisionTypes: ['credit'] }),
      'recorded',
    ],
  ] as const)('%s is %s', (_, given, expected) => {
    const answer = recordDelegation(known, given)
    expect(answer.kind === 'recorded' ? 'recorded' : answer.reason).toBe(expected)
  })

  it('that leads back is refused with the chain', () => {
    expect(recordDelegation(known, aDelegation('carl', 'anna'))).toMatchObject({
      sentence: 'it would lead back to `carl`: carl → anna → bert → carl',
    })
  })

  it('for one role does not lead back over one for another', () => {
    const buyer = [aDelegation('anna', 'bert', { roles: ['buyer'] })]
    expect(
      recordDelegation(buyer, aDelegation('bert', 'anna', { roles: ['controller'] })).kind,
    ).toBe('recorded')
    expect(
      recordDelegation(buyer, aDelegation('bert', 'anna', { roles: ['controller', 'buyer'] })).kind,
    ).toBe('refused')
    expect(recordDelegation(buyer, aDelegation('bert', 'anna')).kind).toBe('refused')
  })
})

describe('duties', () => {
  it.each(dutyConflicts.map(({ duties }) => duties))(
    '%s and %s are kept apart, whichever comes first (INV-16)',
    (one, other) => {
      for (const [did, duty] of [
        [one, other],
        [other, one],
      ] as const) {
        const asked = { persons: ['kim'], duty }
        expect(breachesOfDuty({ ...asked, done: [{ duty: did, by: 'kim' }] })).toHaveLength(1)
        expect(
          breachesOfDuty({ ...asked, done: [{ duty: did, by: 'lee', onBehalfOf: 'kim' }] }),
        ).toHaveLength(1)
        expect(breachesOfDuty({ ...asked, done: [{ duty: did, by: 'lee' }] })).toEqual([])
      }
      expect(
        breachesAmong([
          { duty: one, by: 'kim' },
          { duty: other, by: 'kim' },
        ]),
      ).toMatchObject([{ person: 'kim', did: one, duty: other }])
      expect(
        breachesAmong([
          { duty: one, by: 'kim' },
          { duty: other, by: 'lee' },
        ]),
      ).toEqual([])
    },
  )

  it('stand once for each person, in an order that does not depend on when they were done', () => {
    const done = [
      { duty: 'receive', by: 'kim' },
      { duty: 'create-order', by: 'lee' },
    ] as const
    const forth = withDuty(withDuty([], done[0]), done[1])
    expect(withDuty(withDuty(withDuty([], done[1]), done[0]), done[0])).toEqual(forth)
    expect(forth).toHaveLength(2)
  })
})
