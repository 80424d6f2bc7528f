import { isForbiddenName } from '../facts/fact-path.ts'
import { pointerTo, type RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { jsonDepthMax, jsonValuesMax, textLengthMax } from './budgets.ts'

type Place = { readonly value: unknown; readonly pointer: string; readonly depth: number }

/**
 * Looks at a foreign value before anything else does: plain JSON of bounded size, with no key that
 * would reach into the program. Walks without recursion, so that depth cannot exhaust the stack.
 */
export const checkJson = (
  value: unknown,
): { readonly findings: readonly RuleSetFinding[]; readonly isTooLarge: boolean } => {
  const findings: RuleSetFinding[] = []
  const open: Place[] = [{ value, pointer: '', depth: 0 }]
  let values = 0
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    values += 1
    if (values > jsonValuesMax) {
      return tooLarge(`it holds more than ${jsonValuesMax} values: split it`)
    }
    if (place.depth > jsonDepthMax) {
      return tooLarge(`it is nested more than ${jsonDepthMax} deep: use named conditions`)
    }
    const sentence = complaintAbout(place.value)
    if (sentence !== null) findings.push({ pointer: place.pointer, sentence })
    else for (const member of membersOf(place, findings)) open.push(member)
  }
  return { findings, isTooLarge: false }
}

const tooLarge = (sentence: string) => ({ findings: [{ pointer: '', sentence }], isTooLarge: true })

const complaintAbout = (value: unknown): string | null => {
  switch (typeof value) {
    case 'string':
      if (value.length > textLengthMax) return `longer than ${textLengthMax} characters: shorten it`
      return value.isWellFormed() ? null : 'half of a character: write whole characters'
    case 'number':
      return Number.isFinite(value) ? null : 'not a finite number: write digits'
    case 'boolean':
      return null
    case 'object':
      return isPlain(value) ? null : 'not plain JSON: write text, numbers, lists and objects only'
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      return `\`${typeof value}\` is not JSON: write text, numbers, lists and objects only`
  }
}

const isPlain = (value: object | null): boolean => {
  if (value === null || Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  // An object read in another window has another `Object.prototype`, and nothing above it.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const membersOf = (place: Place, findings: RuleSetFinding[]): readonly Place[] => {
  const { value, depth } = place
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value).map(([key, member]) => {
    const pointer = pointerTo(place.pointer, key)
    if (isForbiddenName(key)) {
      findings.push({ pointer, sentence: `\`${key}\` cannot be a name here: choose another` })
    } else if (complaintAbout(key) !== null) {
      findings.push({
        pointer: place.pointer,
        sentence: 'a key is not a short plain text: shorten it',
      })
    }
    return { value: member, pointer, depth: depth + 1 }
  })
  // The last one pushed is looked at first.
  return members.reverse()
}
