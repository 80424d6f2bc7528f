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
  /^([a-z0-9.-]{1,200})@(\d[0-9A-Za-z.-]{0,80}) ([A-Za-z0-9_-]{43}) ([0-9a-f]*) ([0-9a-f]*) (\[.*\])$/

/** Reads a record from its line. Throws `DOCUMENT_INVALID` where it is none. */
export const readDecisionRecord = (text: string): DecisionRecord => {
  const parts = line.exec(text)
  if (parts === null) throw unreadable(text)
  // Stryker disable next-line StringLiteral: every part stands in a line that matches
  const [, ruleSet = '', version = '', hash = '', fired = '', given = '', list = ''] = parts
  const slots = readSlots(list, text)
  if (slots.length !== bitsSet(given)) throw unreadable(text)
  return { ruleSet, version, hash: longHash(hash), fired, given, slots }
}

const readSlots = (list: string, text: string): readonly SlotValue[] => {
  try {
    return JSON.parse(list)
  } catch {
    throw unreadable(text)
  }
}

const unreadable = (text: string): CounterfoilError =>
  new CounterfoilError(
    'DOCUMENT_INVALID',
    `cannot read \`${text.slice(0, 80)}\` as a decision: give a line as \`writeDecisionRecord\` wrote it`,
  )

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 64 hex digits as base64url, three of them in two characters. */
const shortHash = (hex: string): string => {
  let text = ''
  // Stryker disable next-line EqualityOperator: 64 digits end within the last step
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
  // Stryker disable next-line EqualityOperator: 43 characters end within the last step
  for (let start = 0; start < text.length; start += 2) {
    const [high, low] = [digits.indexOf(text.charAt(start)), digits.indexOf(text.charAt(start + 1))]
    // The last character stands alone and holds the last digit in its upper bits.
    if (start + 1 < text.length) hex += ((high << 6) | low).toString(16).padStart(3, '0')
    else hex += (high >> 2).toString(16)
  }
  return hex
}
