import type { Acknowledgment, AcknowledgmentAction } from '@counterfoil/core'

/** What BAK02 (X12 587) says about the order as a whole. */
export type AcknowledgmentMeaning = {
  readonly decision: Acknowledgment['decision']
  /** What it means that a line is not in the document. */
  readonly unlistedLines: Acknowledgment['unlistedLines']
  /** The answer to a listed line that carries no ACK of its own. */
  readonly listedLines: AcknowledgmentAction
}

const accepted = { decision: 'accepted', listedLines: 'accept' } as const
const changed = { decision: 'accepted-with-changes', listedLines: 'accept' } as const
const rejected = { decision: 'rejected', listedLines: 'reject' } as const

/**
 * BAK02 by code. AE and AK name nothing, or exceptions only: silence is consent. AC, AD and RD come with
 * detail: a line that is missing was not answered. RJ refuses everything without detail.
 */
export const acknowledgmentMeanings: ReadonlyMap<string, AcknowledgmentMeaning> = new Map([
  ['AC', { ...changed, unlistedLines: 'unanswered' }],
  ['AD', { ...accepted, unlistedLines: 'unanswered' }],
  ['AE', { ...changed, unlistedLines: 'accepted' }],
  ['AH', { decision: 'received', unlistedLines: 'unanswered', listedLines: 'hold' }],
  ['AK', { ...accepted, unlistedLines: 'accepted' }],
  ['AP', { ...accepted, unlistedLines: 'unanswered' }],
  ['AT', { ...accepted, unlistedLines: 'accepted' }],
  ['NA', { decision: 'received', unlistedLines: 'unanswered', listedLines: 'accept' }],
  ['RD', { ...rejected, unlistedLines: 'unanswered' }],
  ['RF', { ...rejected, unlistedLines: 'rejected' }],
  ['RJ', { ...rejected, unlistedLines: 'rejected' }],
  ['RN', { ...rejected, unlistedLines: 'rejected' }],
  ['RO', { ...changed, unlistedLines: 'unanswered' }],
  ['RV', { ...rejected, unlistedLines: 'rejected' }],
])

/** ACK01 (X12 668) by code, without BP and IQ, which split a line in two. */
export const lineActions: ReadonlyMap<string, AcknowledgmentAction> = new Map([
  ['AA', 'accept'],
  ['AC', 'shipped'],
  ['AO', 'accept'],
  ['AR', 'accept'],
  ['BP', 'accept'],
  ['DR', 'accept'],
  ['IA', 'accept'],
  ['IB', 'backorder'],
  ['IC', 'accept'],
  ['ID', 'cancel'],
  ['IE', 'accept'],
  ['IF', 'hold'],
  ['IH', 'hold'],
  ['IP', 'accept'],
  ['IQ', 'accept'],
  ['IR', 'reject'],
  ['IS', 'substitute'],
  ['IW', 'hold'],
  ['R1', 'reject'],
  ['R2', 'reject'],
  ['R3', 'reject'],
  ['R4', 'reject'],
  ['R5', 'reject'],
  ['R6', 'reject'],
  ['R7', 'reject'],
  ['R8', 'reject'],
  ['SP', 'pending'],
])

/** Why a line was answered as it was, in words, for the codes that carry a reason. */
export const lineReasons: ReadonlyMap<string, string> = new Map([
  ['AA', 'forwarded to another supplier location'],
  ['AR', 'released for shipment'],
  ['IE', 'price pending'],
  ['IF', 'on hold: description incomplete'],
  ['IH', 'on hold'],
  ['IW', 'on hold: waiver required'],
  ['R1', 'not a contract item'],
  ['R2', 'invalid item number'],
  ['R3', 'invalid unit of issue'],
  ['R4', 'contract item not available'],
  ['R5', 'reorder as a just-in-time order'],
  ['R6', 'reorder as an extended delivery order'],
  ['R7', 'reorder as a drop shipment'],
  ['R8', 'reorder as a surge order'],
  ['SP', 'schedule date pending'],
])
