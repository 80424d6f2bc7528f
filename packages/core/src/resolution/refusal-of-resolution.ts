import type { CaseCommand } from '../exception/apply-case-command.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import { readResolutionCode } from './resolution-code.ts'
import { resolutionCatalogue } from './resolution-catalogue.ts'

type Refusal = { readonly reason: string; readonly sentence: string }

/**
 * Why a case is not to be settled or closed as somebody says; null when it may. The code has to be one of those its kind of
 * case allows, and nothing is closed without saying what caused it.
 */
export function refusalOfResolution(
  exceptionCase: ExceptionCase,
  command: CaseCommand,
): Refusal | null {
  if (command.type === 'case.resolved' || command.type === 'case.proposed') {
    return refusalOfCode(exceptionCase, command.data.code)
  }
  return command.type === 'case.closed' ? causeMissing(exceptionCase, command.data) : null
}

function refusalOfCode({ code }: ExceptionCase, said: string): Refusal | null {
  const allowed = resolutionCatalogue[code].resolutions
  const read = readResolutionCode(said)
  if (read !== null && allowed.includes(read)) return null
  return {
    reason: 'resolution-unknown',
    sentence: `case ${code} is not settled as \`${said}\`: use ${allowed.join(', ')}`,
  }
}

function causeMissing(
  { code, resolution }: ExceptionCase,
  { rootCause }: { readonly rootCause?: string | null | undefined },
): Refusal | null {
  const known = rootCause ?? resolution?.rootCause ?? null
  if (known !== null) return null
  return {
    reason: 'root-cause-missing',
    sentence: `case ${code} is closed with its root cause: say what caused it`,
  }
}
