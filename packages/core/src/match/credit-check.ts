import type { CheckQuestion, LinkedLine, Measurement } from './check.ts'
import { addFigures, signOfFigure, zeroFigure } from './figure.ts'
import { quantityOf } from './line-price.ts'
import { compared, units } from './measurement.ts'
import { billedBefore } from './order-line-sums.ts'

/** A credit gives back at most what was billed, net of earlier credits. It has no tolerance (INV-07). */
export function creditMaxReversal(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const reading = parameters.reading ?? 'net'
  const measured = compared('credit', units(line), {
    expected: billedBefore(line, reading).quantity,
    actual: reading === 'net' ? creditedOf(line) : quantityOf(line),
  })
  return { ...measured, isWithin: signOfFigure(measured.variance) <= 0 }
}

/** Every line of the credit that takes back from the same order line. */
function creditedOf(line: LinkedLine) {
  return line.siblings.reduce(
    (sum, invoiceLine) => addFigures(sum, quantityOf({ ...line, invoiceLine })),
    zeroFigure,
  )
}
