import { CounterfoilError } from '@counterfoil/core/arithmetic'
import { bitsSet } from './decision-bits.ts'
import type { DecisionRecord, SlotValue } from './decision-record.ts'

/**
 * A decision record as one line of text: name and version, hash, rules that fired, places that had a value,
 * and their values, with a space between. The hash is written in 43 characters, its bits four to a digit.
 */
export const writeDecisionRecord = (record: DecisionRecord): string =>
  [
    `${record.ruleSet}@${record.version}`,
    shortHash(record.hash),
    record.fired,
    record.given,
    JSON.stringify(record.slots),
  ].join(' ')

const line =
  /^([a-z0-9-]{1,200})@(\d[0-9A-Za-z.-]{0,80}) ([A-Za-z0-9_-]{43}) ([0-9a-f]*) ([0-9a-f]*) (\[.*\])$/

/** Reads a record from its line. Throws `DOCUMENT_INVALID` where it is none. */
export const readDecisionRecord = (text: string): DecisionRecord => {
  const [, ruleSet, version, hash, fired, given, list] = line.exec(text) ?? []
  const slots = list === undefined ? null : readSlots(list)
  if (
    ruleSet === undefined ||
    version === undefined ||
    hash === undefined ||
    fired === undefined ||
    given === undefined ||
    slots?.length !== bitsSet(given)
  ) {
    throw new CounterfoilError(
      'DOCUMENT_INVALID',
      `cannot read \`${text.slice(0, 80)}\` as a decision: give a line as \`writeDecisionRecord\` wrote it`,
    )
  }
  return { ruleSet, version, hash: longHash(hash), fired, given, slots }
}

const readSlots = (list: string): readonly SlotValue[] | null => {
  try {
    return JSON.parse(list)
  } catch {
    return null
  }
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 64 hex digits as base64url, three of them in two characters. */
const shortHash = (hex: string): string => {
  let text = ''
  for (let start = 0; start < hex.length; start += 3) {
    const part = hex.slice(start, start + 3)
    const bits = Number.parseInt(part.padEnd(3, '0'), 16)
    text += digits.charAt(bits >> 6)
    if (part.length > 1) text += digits.charAt(bits & 63)
  }
  return text
}

const longHash = (text: string): string => {
  let hex = ''
  for (let start = 0; start < text.length; start += 2) {
    const [high, low] = [digits.indexOf(text.charAt(start)), digits.indexOf(text.charAt(start + 1))]
    // The last character stands alone and holds the last digit in its upper bits.
    if (start + 1 < text.length) hex += ((high << 6) | low).toString(16).padStart(3, '0')
    else hex += (high >> 2).toString(16)
  }
  return hex
}
