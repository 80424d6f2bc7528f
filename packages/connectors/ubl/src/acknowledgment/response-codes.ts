import type { Acknowledgment, AcknowledgmentAction } from '@counterfoil/core'

/** What an OrderResponseCode says about the order as a whole. */
export type ResponseMeaning = {
  readonly decision: Acknowledgment['decision']
  /** What it means that a line is not in the document. */
  readonly unlistedLines: Acknowledgment['unlistedLines']
  /** The answer to a listed line that carries no LineStatusCode of its own. */
  readonly listedLines: AcknowledgmentAction
}

/** What each decision means where nothing more is known: a response that lists changes lists every line (Peppol, BEAst). */
export const meaningByDecision: Readonly<Record<Acknowledgment['decision'], ResponseMeaning>> = {
  accepted: { decision: 'accepted', unlistedLines: 'accepted', listedLines: 'accept' },
  'accepted-with-changes': {
    decision: 'accepted-with-changes',
    unlistedLines: 'unanswered',
    listedLines: 'accept',
  },
  rejected: { decision: 'rejected', unlistedLines: 'rejected', listedLines: 'reject' },
  received: { decision: 'received', unlistedLines: 'unanswered', listedLines: 'pending' },
}

const { accepted, rejected, received, 'accepted-with-changes': changed } = meaningByDecision

/**
 * OrderResponseCode: Peppol's AB, AP, RE and CA and the rest of UNTDID 4343, and UNTDID 1225, which earlier versions
 * used. AI and 28 name exceptions only, or the header: silence about a line is consent.
 */
export const responseMeanings: ReadonlyMap<string, ResponseMeaning> = new Map([
  ['AB', received],
  ['AC', changed],
  ['AD', { ...accepted, unlistedLines: 'unanswered' }],
  ['AI', { ...changed, unlistedLines: 'accepted' }],
  ['AP', accepted],
  ['CA', changed],
  ['NA', received],
  ['RE', rejected],
  ['12', received],
  ['27', rejected],
  ['28', { ...changed, unlistedLines: 'accepted' }],
  ['29', accepted],
  ['30', changed],
  ['34', changed],
  ['44', changed],
  ['45', accepted],
])

/** LineStatusCode (UNTDID 1229) as what the supplier says to a line. Peppol uses 1, 3, 5, 7 and 42. */
export const lineActions: ReadonlyMap<string, AcknowledgmentAction> = new Map([
  ['1', 'accept'],
  ['2', 'cancel'],
  ['3', 'accept'],
  ['4', 'accept'],
  ['5', 'accept'],
  ['6', 'accept'],
  ['7', 'reject'],
  ['8', 'accept'],
  ['10', 'reject'],
  ['12', 'accept'],
  ['23', 'accept'],
  ['24', 'accept'],
  ['42', 'shipped'],
])

/** Codes that say no more than their action. */
export const plainStatusCodes: ReadonlySet<string> = new Set(['4', '5'])

/** Why a line was answered as it was, in words, for the codes that carry a reason. */
export const statusReasons: ReadonlyMap<string, string> = new Map([
  ['1', 'line added by the supplier'],
  ['10', 'line not found in the order'],
  ['23', 'amendment proposed'],
  ['42', 'already delivered'],
])
