import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { reachedBy, unreached, type Walk } from '../lifecycle/walk-lifecycle.examples.ts'
import type { PurchaseAgreement } from './purchase-agreement.ts'
import { anAgreement, anAgreementKey, releasedFor } from './agreement.examples.ts'
import type { AgreementFact, AgreementFactOf } from './agreement-events.ts'
import { agreementLifecycle } from './agreement-lifecycle.machine.ts'
import { unknownAgreement } from './agreement-state.ts'

function fact<Type extends AgreementFact['type']>(
  type: Type,
  data: AgreementFactOf<Type>['data'],
): AgreementFact {
  const at = instant('2026-11-27T10:00:00Z')
  const by = { kind: 'user', id: 'bea', roles: [] } as const
  return { type, data, id: type, at, by } as unknown as AgreementFact
}
const issued = (agreement: Parameters<typeof anAgreement>[0] = {}) =>
  fact('agreement.issued', { document: anAgreement(agreement) satisfies PurchaseAgreement })
const released = (amountReleased: string, orderSequence: number) =>
  fact('release.counted', releasedFor(amountReleased, orderSequence))

const walk = (...events: readonly AgreementFact[]): Walk<typeof agreementLifecycle> => ({
  input: unknownAgreement(anAgreementKey),
  events,
})

describe('the paths of an agreement', () => {
  it('reach every state and every transition', () => {
    const reached = reachedBy(
      agreementLifecycle,
      walk(
        issued(),
        fact('agreement.expired', { timerId: 'last-day' }),
        issued({ version: 2, validTo: '2027-12-31' }),
        fact('agreement.closed', { reason: 'another supplier' }),
      ),
      // 4,000.00 of 10,000.00, then all of it, then 500.00 more, then nothing
      walk(
        issued(),
        released('4000.00', 1),
        released('10000.00', 2),
        released('10500.00', 3),
        released('4000.00', 4),
        released('0', 5),
      ),
    )
    expect(unreached(agreementLifecycle, reached)).toEqual({ states: [], transitions: [] })
  })
})
