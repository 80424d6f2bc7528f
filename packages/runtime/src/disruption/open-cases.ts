import { type ExceptionCase, isOpenCase } from '@counterfoil/core'
import type { Touched } from './touched.ts'

/** The open cases of an aggregate, and who has them. */
export function openCasesOf(cases: readonly ExceptionCase[]): Touched['openCases'] {
  return cases.filter(isOpenCase).map(({ exceptionId, code, owner }) => ({
    exceptionId,
    code,
    ownerRole: owner.role,
    person: owner.person,
  }))
}
