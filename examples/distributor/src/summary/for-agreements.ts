import { agreementKey, type AgreementState } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { buyerOrganisation, supplierName, tenant } from '../distributor.ts'
import { heading, localTime, table } from './table.ts'

/** What was agreed on for the year, what each release takes of it, and what became of the one that took too much. */
export async function printForAgreements({ queries }: Runtime): Promise<void> {
  const name = { tenant, buyerOrganisation }
  const key = agreementKey({ ...name, agreementNumber })
  const summary = await queries.agreement({ tenant, agreementKey: key })
  const detail = await queries.aggregate({ tenant, reference: { kind: 'agreement', key } })
  if (summary === null || detail === null) return
  const { facts } = detail.state as AgreementState
  console.log(
    heading(
      `Agreement ${agreementNumber} with ${supplierName(summary.supplier ?? '')}, ${summary.state}`,
    ),
  )
  for (const { document } of facts.versions) {
    console.log(
      `version ${document.version} of ${localTime(document.issuedAt)}: ${document.amountLimit ?? 'any amount'} ${document.currency} until ${document.validTo}`,
    )
  }
  const invoices = await queries.invoices({ tenant, supplier: summary.supplier ?? '', limit: 500 })
  const releases = Object.values(facts.releases).map(({ orderNumber, releasedOn, lines }) => [
    orderNumber,
    `released on ${releasedOn}`,
    lines
      .map(
        (line) => `${line.quantityReleased} ${line.unitOfMeasure}, ${line.amountReleased ?? '?'}`,
      )
      .join('; '),
    invoices.rows
      .filter(({ orderNumbers }) => orderNumbers.includes(orderNumber))
      .map(
        ({ invoiceNumber, state, payableAmount }) =>
          `${invoiceNumber} ${state} ${payableAmount ?? ''}`,
      )
      .join('; '),
  ])
  console.log(table(releases))
  for (const { openedAt, code, sentence, resolution } of facts.cases) {
    console.log(`${localTime(openedAt)}  ${code}: ${sentence}`)
    if (resolution !== null)
      console.log(`${localTime(resolution.at)}  ${resolution.note ?? resolution.code}`)
  }
  console.log(
    `released ${summary.amountReleased ?? '0'} of ${summary.amountLimit ?? 'any amount'} ${summary.currency ?? ''}, billed ${summary.amountInvoiced ?? '0'}`,
  )
}

/** The year's gloves. */
const agreementNumber = 'BA-2601'
