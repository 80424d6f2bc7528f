import type { ExceedEffect, PolicyDecision } from '../policy/policy.ts'
import type { Answered, CheckQuestion, Measured, Measurement } from './check.ts'
import type { MatchEffect } from './decide-match.ts'
import { describeCheck, type ShownNumbers } from './describe-check.ts'
import { diagnoseException, type Diagnosis } from './diagnose-exception.ts'
import { isZeroFigure, writeFigure, writePercent } from './figure.ts'
import { judgeVariance, type Verdict } from './judge-variance.ts'
import {
  type MatchPlace,
  measuredDiscrepancy,
  placesOf,
  statedDiscrepancy,
} from './match-discrepancy.ts'
import type { CheckResult } from './match-result.ts'

/** A check that was made, with what follows from it. */
export type CheckFinding = {
  readonly result: CheckResult
  readonly place: MatchPlace
  readonly measurement: Measurement
  readonly diagnosis: Diagnosis | null
  /** `null` when within. */
  readonly effect: MatchEffect | null
  /** A number is not the expected one, whether that is accepted or not. */
  readonly hasVariance: boolean
  /** What a hold placed for this stops. */
  readonly blocks: 'posting' | 'payment'
}

/** A check to be put on record: the question, who planned it and where it was made. */
export type MadeCheck = {
  readonly question: CheckQuestion
  readonly measurement: Measurement
  readonly place: MatchPlace
  readonly policy: readonly PolicyDecision[]
}

/** Judges a measurement, says what is behind it, and puts it in words. */
export function concludeCheck(made: MadeCheck): CheckFinding {
  return made.measurement.kind === 'measured'
    ? concludeMeasured(made, made.measurement)
    : concludeAnswered(made, made.measurement)
}

function concludeMeasured(made: MadeCheck, measured: Measured): CheckFinding {
  const { question, place } = made
  const verdict = judgeVariance(measured, question, place.line)
  const hasVariance =
    verdict.direction === 'over' ||
    (verdict.direction === 'under' && question.parameters.ceiling !== true)
  const diagnosis =
    hasVariance || !verdict.isWithin ? diagnose(made, measured, verdict.direction) : null
  const shown = shownNumbers(measured)
  const effect = verdict.isWithin ? null : effectOf(made, measured, verdict)
  return {
    ...concluded(made, diagnosis, effect),
    hasVariance,
    result: {
      ...placed(made),
      within: verdict.isWithin,
      ...shown,
      varianceAmount:
        measured.varianceAmount === null
          ? null
          : writeFigure(measured.varianceAmount, place.header.amountPlaces),
      answer: null,
      ...(measured.associated === null ? {} : { associated: associatedOf(measured) }),
      ...outcomeOf(made, diagnosis, effect, null),
      discrepancy:
        diagnosis === null || isZeroFigure(measured.variance)
          ? null
          : measuredDiscrepancy(diagnosis.discrepancyKind, measured, place),
      sentence: describeCheck(measured, shown, verdict, question),
    },
  }
}

function concludeAnswered(made: MadeCheck, answered: Answered): CheckFinding {
  const { question, place } = made
  const { behind, isWithin, finding } = answered
  const diagnosis = isWithin ? null : diagnoseAnswered(made, answered)
  const effect = isWithin ? null : question.planned.onExceed
  return {
    ...concluded(made, diagnosis, effect),
    hasVariance: false,
    result: {
      ...placed(made),
      within: isWithin,
      expected: null,
      actual: null,
      variance: null,
      percent: null,
      varianceAmount: null,
      answer: answered.answer,
      ...outcomeOf(made, diagnosis, effect, finding),
      discrepancy:
        diagnosis === null
          ? null
          : behind === null
            ? statedDiscrepancy(diagnosis.discrepancyKind, answered, place)
            : measuredDiscrepancy(diagnosis.discrepancyKind, behind, place),
      sentence: answered.sentence,
    },
  }
}

function concluded(
  { measurement, place, question }: MadeCheck,
  diagnosis: Diagnosis | null,
  effect: ExceedEffect | null,
) {
  return {
    place,
    measurement,
    diagnosis,
    effect,
    blocks: question.parameters.blocks ?? 'payment',
  } as const
}

function diagnose(made: MadeCheck, measured: Measured, direction: Verdict['direction']): Diagnosis {
  const { place, question } = made
  return diagnoseException({
    concern: measured.concern,
    measured,
    direction,
    line: place.line,
    header: place.header,
    field: question.planned.field ?? null,
  })
}

function diagnoseAnswered(made: MadeCheck, { behind, concern }: Answered): Diagnosis {
  const { place, question } = made
  return diagnoseException({
    concern,
    measured: behind,
    direction: behind !== null && behind.variance.numerator.mantissa < 0 ? 'under' : 'over',
    line: place.line,
    header: place.header,
    field: question.planned.field ?? null,
  })
}

function effectOf(
  { question }: MadeCheck,
  measured: Measured,
  { direction }: Verdict,
): ExceedEffect {
  const { planned, tolerance } = question
  if (direction !== 'under' || measured.isWithin !== null) return planned.onExceed
  switch (tolerance.lowerEffect) {
    case 'warn':
      return 'warn'
    case 'hold':
      return 'hold'
    case 'same':
    case 'ignore':
      return planned.onExceed
  }
}

function placed({ question, place, policy }: MadeCheck) {
  const { planned, tolerance } = question
  return {
    name: planned.name,
    check: planned.check,
    invoiceLineNumber: place.invoiceLineNumber,
    orderNumber: place.line?.order.orderNumber ?? null,
    orderLineNumber: place.line?.orderLine.orderLineNumber ?? null,
    code: planned.code ?? null,
    field: planned.field ?? null,
    tolerance,
    policy: [...policy],
  }
}

function outcomeOf(
  { question }: MadeCheck,
  diagnosis: Diagnosis | null,
  effect: ExceedEffect | null,
  finding: string | null,
) {
  const { planned, parameters } = question
  const special = finding === null ? undefined : parameters.holdCodes?.[finding]
  return {
    effect,
    holdCode: effect === 'hold' ? (special ?? planned.holdCode) : null,
    // Waiting opens no case.
    exceptionCode: effect === null || effect === 'wait' ? null : (diagnosis?.exceptionCode ?? null),
  }
}

function shownNumbers(measured: Measured): ShownNumbers {
  const { expected, actual, variance, base } = measured
  const places = placesOf(measured)
  return {
    expected: writeFigure(expected, places),
    actual: writeFigure(actual, places),
    variance: writeFigure(variance, places),
    percent: base === null ? null : writePercent(variance, base),
  }
}

function associatedOf({ associated }: Measured) {
  return (associated ?? []).map(({ receiptNumber, quantity }) => ({
    receiptNumber,
    quantity: writeFigure(quantity),
  }))
}
