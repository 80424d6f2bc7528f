import {
  type ExceptionCase,
  type ExceptionCode,
  type ExceptionSubject,
  hashOf,
  officeHours,
  openCase,
  type PolicyAnswer,
  Route,
} from '@counterfoil/core'
import type { Conductor } from './conduct.ts'
import type { BusinessScope } from '../runtime.ts'

/** Opens a case of the runtime itself: for what could not be carried out, or not be used. */
export function openOwnCase(
  conductor: Conductor,
  wanted: {
    readonly exceptionId: string
    readonly code: ExceptionCode
    readonly subject: ExceptionSubject
    readonly place: BusinessScope | null
    readonly sentence: string
  },
): ExceptionCase {
  return openCase({
    exceptionId: wanted.exceptionId,
    code: wanted.code,
    subject: wanted.subject,
    openedAt: conductor.now(),
    calendar: officeHours,
    discrepancy: null,
    sentence: wanted.sentence.slice(0, 1000),
    route: routeOf(conductor, wanted.code, wanted.place),
    exposure: null,
  })
}

/** Closes a case of the runtime: its cause was repaired and tried again, or given up. */
export function closeOwnCase(
  exceptionCase: ExceptionCase,
  resolution: Omit<NonNullable<ExceptionCase['resolution']>, 'code'> & {
    readonly isRepaired: boolean
  },
): ExceptionCase {
  const { isRepaired, ...settled } = resolution
  const code = isRepaired ? 'repair-replay' : 'discard'
  return { ...exceptionCase, state: 'closed', resolution: { code, ...settled } }
}

// A missing or broken rule set may be the very reason of the case, so it must not depend on one.
function routeOf(
  conductor: Conductor,
  code: ExceptionCode,
  place: BusinessScope | null,
): PolicyAnswer<Route> {
  if (place === null) return fallbackRoute(code)
  try {
    return conductor.policies.pick(place.scope, place.businessDate).routing({ exception: { code } })
  } catch {
    return fallbackRoute(code)
  }
}

/** MODEL §5: technical exceptions belong to integration, within four working hours. */
function fallbackRoute(code: ExceptionCode): PolicyAnswer<Route> {
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
      facts: { exception: { code } },
    },
  }
}
