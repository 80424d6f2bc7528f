import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { AcknowledgmentLine, AcknowledgmentResponse } from './acknowledgment.ts'

/** What is answered: the ordered quantity of the line, or of the one schedule the answer names. */
export type AnsweredQuantity = Readonly<
  Pick<PurchaseOrder['lines'][number], 'quantityOrdered' | 'unitOfMeasure'>
>

/**
 * The parts of an answer with their quantities. An answer to the whole line, which names none, covers what was ordered
 * in the version it answers; an answer in parts is given back as it is.
 */
export const responsesTo = (
  ordered: AnsweredQuantity,
  line: Readonly<AcknowledgmentLine>,
): readonly AcknowledgmentResponse[] =>
  line.wholeLine === undefined
    ? line.responses
    : [
        ...line.responses,
        {
          ...line.wholeLine,
          quantity: ordered.quantityOrdered,
          unitOfMeasure: ordered.unitOfMeasure,
        },
      ]
