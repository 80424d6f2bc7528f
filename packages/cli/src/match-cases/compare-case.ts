import {
  absoluteDecimal,
  type CheckResult,
  compareDecimals,
  decimal,
  isDecimal,
  type MatchResult,
  type ProposedResolution,
  roundDecimal,
  subtractDecimals,
} from '@counterfoil/core'
import type { ExpectedCheck, MatchCase } from './match-case.ts'

/** What a case expects somewhere, and what came out there instead. */
export type CaseDifference = {
  readonly place: string
  readonly expected: string
  readonly actual: string
}

/** Everything a match result has otherwise than its case expects; nothing where the case passes. */
export function compareCase(
  expected: MatchCase['expected'],
  result: MatchResult,
  checkNames: readonly string[],
): readonly CaseDifference[] {
  const { holds, exceptions, resolution, payable } = expected
  return [
    ...expected.checks.flatMap(({ check, expect }, index) =>
      compareCheck(
        `${check}#${index + 1}`,
        expect,
        result.checks.find(({ name }) => name === checkNames[index]),
      ),
    ),
    ...compareDecision(expected, result),
    ...(holds === undefined
      ? []
      : compareLists(
          'holds',
          holds,
          result.holds.map(({ text }) => text),
        )),
    ...(exceptions === undefined ? [] : compareExceptions(exceptions, result)),
    ...(resolution === undefined ? [] : compareResolution(resolution, result)),
    ...(payable === undefined ? [] : compareNumber('payable', payable, result.payableAmount)),
  ]
}

function compareCheck(
  place: string,
  expect: ExpectedCheck,
  made: CheckResult | undefined,
): readonly CaseDifference[] {
  if (made === undefined) return [difference(place, 'a result', 'not made')]
  const { expected, actual, variance, pct, varianceAmount, associated } = expect
  return [
    ...compareText(`${place} within`, String(expect.within), String(made.within)),
    ...compareNumber(`${place} expected`, expected, made.expected),
    ...compareNumber(`${place} actual`, actual, made.answer ?? made.actual),
    ...compareNumber(`${place} variance`, variance, made.variance),
    ...comparePercent(`${place} pct`, pct, made.percent),
    ...compareNumber(`${place} varianceAmount`, varianceAmount, made.varianceAmount),
    ...(associated === undefined ? [] : compareAssociated(place, associated, made)),
  ]
}

function compareAssociated(
  place: string,
  expected: readonly (readonly [string, string])[],
  { associated = [] }: CheckResult,
): readonly CaseDifference[] {
  const actual = associated.map(({ receiptNumber, quantity }) => [receiptNumber, quantity] as const)
  const isSame =
    actual.length === expected.length &&
    expected.every(([receipt, quantity], index) => {
      const [receiptNumber, covered] = actual[index] ?? ['', '']
      return receipt === receiptNumber && isSameNumber(quantity, covered)
    })
  const shown = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map((pair) => pair.join(' ')).join(', ') || 'none'
  return isSame ? [] : [difference(`${place} associated`, shown(expected), shown(actual))]
}

/** A match whose variances are benign counts as exact. */
function compareDecision(
  { decision, benignVariance }: MatchCase['expected'],
  result: MatchResult,
): readonly CaseDifference[] {
  const actual = result.decision.replaceAll('-', '_')
  const isBenign =
    benignVariance === true && decision === 'match' && actual === 'match_within_tolerance'
  return isBenign ? [] : compareText('decision', decision, actual)
}

function compareExceptions(
  expected: readonly { readonly type: string; readonly owner?: string | undefined }[],
  { exceptions }: MatchResult,
): readonly CaseDifference[] {
  const isOwned = expected.every(({ owner }) => owner !== undefined)
  return compareLists(
    'exceptions',
    expected.map(({ type, owner }) => (isOwned ? `${type} for ${roleOf(owner ?? '')}` : type)),
    exceptions.map(({ code, route }) => (isOwned ? `${code} for ${route.ownerRole}` : code)),
  )
}

/** One of the proposed resolutions is the expected one; where none is, the nearest is shown. */
function compareResolution(
  expected: NonNullable<MatchCase['expected']['resolution']>,
  { resolutions }: MatchResult,
): readonly CaseDifference[] {
  const compared = resolutions
    .map((proposed) => compareProposal(expected, proposed))
    .toSorted((a, b) => a.length - b.length)
  return compared[0] ?? [difference('resolution', expected.action ?? 'one', 'none')]
}

function compareProposal(
  expected: NonNullable<MatchCase['expected']['resolution']>,
  proposed: ProposedResolution,
): readonly CaseDifference[] {
  const { action, qty, amount, creditMemo, poHistoryQty, supplierNotice } = expected
  return [
    ...(action === undefined
      ? []
      : compareText('resolution action', action, proposed.action.replaceAll('-', '_'))),
    ...compareNumber('resolution qty', qty, proposed.quantity),
    ...compareNumber('resolution amount', amount, proposed.amount),
    ...compareNumber('resolution creditMemo', creditMemo, proposed.creditMemoAmount),
    ...compareNumber('resolution poHistoryQty', poHistoryQty, proposed.quantityPosted),
    ...(supplierNotice === undefined
      ? []
      : compareText(
          'resolution supplierNotice',
          String(supplierNotice),
          String(proposed.supplierNotice),
        )),
  ]
}

function compareText(place: string, expected: string, actual: string): readonly CaseDifference[] {
  return expected === actual ? [] : [difference(place, expected, actual)]
}

/** In any order, each as often as expected. */
function compareLists(
  place: string,
  expected: readonly string[],
  actual: readonly string[],
): readonly CaseDifference[] {
  const [left, right] = [expected, actual].map((list) => list.toSorted().join(', ') || 'none')
  return compareText(place, left ?? '', right ?? '')
}

type Shown = string | null | undefined

/** Equal as numbers, but for what a fraction that never ends is cut by; undefined is not compared. */
function compareNumber(place: string, expected: Shown, actual: string | null) {
  if (expected === undefined || isSameNumber(expected, actual)) return []
  return [difference(place, String(expected), String(actual))]
}

function isSameNumber(expected: string | null, actual: string | null): boolean {
  if (!isDecimal(expected) || !isDecimal(actual)) return expected === actual
  return compareDecimals(absoluteDecimal(subtractDecimals(expected, actual)), cut) < 0
}

const cut = decimal('0.0000001')

/** Percentages are shown at four places. */
function comparePercent(place: string, expected: Shown, actual: string | null) {
  const rounded = isDecimal(expected) ? roundDecimal(expected, percentPlaces) : expected
  return compareNumber(place, rounded, actual)
}

const percentPlaces = 4

function difference(place: string, expected: string, actual: string): CaseDifference {
  return { place, expected, actual }
}

/** A role as our rule sets write it; case files join its words with an underscore. */
function roleOf(owner: string): string {
  return owner.replaceAll('_', '-')
}
