import type { Acknowledgment } from '../acknowledgment/acknowledgment.ts'
import { checkLineItem } from './check-line-item.ts'
import type { LookUps } from './look-ups.ts'
import type { MasterFinding } from './master-check.ts'

/** The articles a supplier offers instead: what the master does not know cannot be ordered, counted or paid. */
export function checkAnswerLines(
  lookUps: LookUps,
  { lines }: Acknowledgment,
): readonly MasterFinding[] {
  return lines.flatMap(({ documentLineNumber, orderLineNumber, responses, wholeLine }) =>
    [
      ...responses.map(({ substituteItem, unitOfMeasure }) => ({ substituteItem, unitOfMeasure })),
      { substituteItem: wholeLine?.substituteItem, unitOfMeasure: null },
    ].flatMap(({ substituteItem, unitOfMeasure }) =>
      substituteItem === undefined
        ? []
        : checkLineItem(lookUps, {
            line: orderLineNumber ?? documentLineNumber,
            named: substituteItem,
            unitOfMeasure,
            isOrdering: true,
          }).findings,
    ),
  )
}
