import {
  type AggregateReference,
  BusinessCalendar,
  type ExceptionCase,
  hashOf,
  openCase,
  type PolicyAnswer,
  Route,
} from '@counterfoil/core'
import type { Conductor } from '../decide/conduct.ts'
import type { BusinessScope } from '../runtime.ts'

/** Opens the DEAD_LETTER case for something that could not be carried out. */
export function openDeadLetterCase(
  conductor: Conductor,
  wanted: {
    readonly deadLetterId: string
    readonly aggregate: AggregateReference
    readonly place: BusinessScope | null
    readonly sentence: string
  },
): ExceptionCase {
  return openCase({
    exceptionId: wanted.deadLetterId,
    code: 'DEAD_LETTER',
    subject: { aggregate: wanted.aggregate.kind, key: wanted.aggregate.key },
    openedAt: conductor.now(),
    calendar: officeHours(),
    discrepancy: null,
    sentence: wanted.sentence.slice(0, 1000),
    route: routeOf(conductor, wanted.place),
    exposure: null,
  })
}

/** Monday to Friday, 8 to 17, UTC: what hours are counted on where nobody gave a calendar. */
function officeHours(): BusinessCalendar {
  return BusinessCalendar.parse({
    id: 'office-hours',
    timeZone: 'UTC',
    workingDays: [1, 2, 3, 4, 5],
    opens: '08:00',
    closes: '17:00',
    holidays: [],
  })
}

// A missing or broken rule set may be the very reason of the dead letter, so its case must not depend on one.
function routeOf(conductor: Conductor, place: BusinessScope | null): PolicyAnswer<Route> {
  if (place === null) return fallbackRoute()
  try {
    return conductor.policies
      .pick(place.scope, place.businessDate)
      .routing({ exception: { code: 'DEAD_LETTER' } })
  } catch {
    return fallbackRoute()
  }
}

/** MODEL §5: technical exceptions belong to integration, within four working hours. */
function fallbackRoute(): PolicyAnswer<Route> {
  const value = Route.parse({
    ownerRole: 'integration',
    alsoRoles: [],
    dueBusinessHours: 4,
    escalation: [],
    priority: 'high',
    blocksMatching: false,
    pausesForSupplier: false,
  })
  return {
    value,
    decision: {
      reference: { ruleSet: 'runtime-fallback', version: '1.0.0', hash: hashOf(value) },
      firedRules: [],
      because: ['no routing rule set could be asked'],
      facts: { exception: { code: 'DEAD_LETTER' } },
    },
  }
}
