import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import type { Route } from '../policy/policy.ts'
import { aPolicyReference, aRoute } from '../policy/policy.examples.ts'
import type { ExceptionCase } from './exception.ts'
import { openCase } from './open-case.ts'

/** A case about a price, opened on a Wednesday at nine for the buyer and due a working day later; give only what matters. */
export function aCase(
  exceptionCase: Partial<ExceptionCase> = {},
  route: Partial<Route> = {},
): ExceptionCase {
  const decision = { reference: aPolicyReference, firedRules: ['price'], because: [], facts: {} }
  return {
    ...openCase({
      exceptionId: 'delivery-1#3',
      code: 'PRICE_OVER',
      subject: { aggregate: 'invoice', key: 'acme/0001/S100/INV-1/standard', line: '1' },
      openedAt: instant('2026-12-02T09:00:00Z'),
      calendar: officeHours,
      discrepancy: null,
      sentence: 'the price is 5 % over the order',
      route: { value: aRoute(route), decision },
      exposure: null,
    }),
    ...exceptionCase,
  }
}
