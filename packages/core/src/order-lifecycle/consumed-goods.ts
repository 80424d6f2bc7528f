import {
  addFigures,
  compareFigures,
  readFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import type { OrderState } from './order-state.ts'

/** Consignment goods of which more was used than came, in the order line's unit. */
export type OverUse = {
  readonly orderLineNumber: string
  readonly used: string
  readonly delivered: string
  readonly over: string
  readonly unitOfMeasure: string
}

/** Lines of consignment goods of which more was used than is here: a delivery was not counted, or a use was written twice. */
export function linesOverused({ facts, standing }: OrderState): readonly OverUse[] {
  const { order, lines } = standing
  if (order?.orderType !== 'consignment') return []
  return order.lines.flatMap((line) => {
    const { orderLineNumber, unitOfMeasure } = line
    let used = zeroFigure
    for (const fact of facts.lines[orderLineNumber]?.consumed ?? []) {
      const { receiptType, quantity, receivedDate: on } = fact
      if (!canConvert(line, fact.unitOfMeasure, unitOfMeasure, on)) continue
      const moved = inOrderUnit(line, { quantity, unitOfMeasure: fact.unitOfMeasure, on })
      used = receiptType === 'receipt' ? addFigures(used, moved) : subtractFigures(used, moved)
    }
    const schedules = lines.find((one) => one.orderLineNumber === orderLineNumber)?.schedules ?? []
    const delivered = schedules
      .map(({ quantities: { received, returned } }) =>
        subtractFigures(readFigure(received), readFigure(returned)),
      )
      .reduce(addFigures, zeroFigure)
    if (compareFigures(used, delivered) <= 0) return []
    const over = writeFigure(subtractFigures(used, delivered))
    return [
      {
        orderLineNumber,
        used: writeFigure(used),
        delivered: writeFigure(delivered),
        over,
        unitOfMeasure,
      },
    ]
  })
}
