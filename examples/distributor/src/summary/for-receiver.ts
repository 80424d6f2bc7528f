import type { Runtime } from '@counterfoil/runtime'
import * as z from 'zod'
import { supplierName, tenant } from '../distributor.ts'
import { allRows, heading } from './table.ts'

/** As much of a receipt's message as is printed. */
const Receipt = z.looseObject({
  document: z.looseObject({
    kind: z.literal('receipt'),
    documentNumber: z.string(),
    supplier: z.string(),
    revision: z.int(),
    lines: z.array(z.looseObject({ quantity: z.string(), unitOfMeasure: z.string() })),
  }),
})

/** Goods that nobody ordered, and counts that were counted again. */
export async function printForReceiver({ queries }: Runtime): Promise<void> {
  console.log(heading('Receiver: unordered goods and recounts'))
  const events = await allRows((cursor) =>
    queries.events({ tenant, ...(cursor === undefined ? {} : { cursor }) }),
  )
  for (const { type, data } of events) {
    const receipt = Receipt.safeParse(data)
    if (!receipt.success) continue
    const { documentNumber, supplier, revision, lines } = receipt.data.document
    const counted = lines
      .map(({ quantity, unitOfMeasure }) => `${quantity} ${unitOfMeasure}`)
      .join(', ')
    if (type === 'unordered-goods.received') {
      console.log(`${documentNumber}: ${counted} from ${supplierName(supplier)}, ordered by nobody`)
    } else if (type === 'receipt.recorded' && revision > 0) {
      console.log(`${documentNumber}: counted again, now ${counted}; the last count stands`)
    }
  }
}
