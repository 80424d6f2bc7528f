import { compareDecimals } from '../decimal/decimal-arithmetic.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { checkLineItem } from './check-line-item.ts'
import { checkTerms } from './check-terms.ts'
import { type LookUps } from './look-ups.ts'
import { namesOf } from './master.ts'
import type { MasterFinding } from './master-check.ts'

/** The payment terms and tax rates of an invoice beside the master of its date. */
export function checkInvoiceTerms(lookUps: LookUps, invoice: Invoice): readonly MasterFinding[] {
  return [...checkTerms(lookUps, invoice), ...checkTaxes(lookUps, invoice)]
}

function checkTaxes(lookUps: LookUps, { taxes }: Invoice): readonly MasterFinding[] {
  return taxes.flatMap(({ code, ratePercent }): readonly MasterFinding[] => {
    if (ratePercent === undefined) return []
    const row = lookUps.taxRate(code)
    if (row !== null && compareDecimals(row.ratePercent, ratePercent) === 0) return []
    const { on } = lookUps.day
    const sentence =
      row === null
        ? `tax \`${code}\` is not in the master on ${on}`
        : `tax \`${code}\` is billed at ${ratePercent} %, and is ${row.ratePercent} % on ${on}`
    return [{ rule: 'tax-rate-differs', severity: 'error', line: null, sentence }]
  })
}

/** The articles and units billed. A line that names no article is found by its order line, which was checked before. */
export function checkInvoiceLines(lookUps: LookUps, { lines }: Invoice): readonly MasterFinding[] {
  return lines.flatMap(({ documentLineNumber, item, unitOfMeasure }) =>
    namesOf(item).length === 0
      ? []
      : checkLineItem(lookUps, {
          line: documentLineNumber,
          named: item,
          unitOfMeasure,
          isOrdering: false,
        }).findings,
  )
}
