import type { OrderState, TradeDocumentInput } from '@counterfoil/core'
import { same } from './check.ts'
import {
  aCount,
  theAcknowledgment,
  theInvoice,
  theOrder,
  theShipNotice,
} from './story-documents.ts'
import type { Stage } from './story-stage.ts'
import { openWorld, recorded, standing } from './story-world.ts'

/** Documents over several orders: each order goes its own way, and what is one document is decided once. */
export const severalOrdersStories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'an invoice over two orders waits for the one whose goods are missing, holds up nothing else, and is decided once':
    async ({ harness: { store }, policies }) => {
      const world = openWorld({ store, policies })
      await world.tell(
        anOrder('4711'),
        anAnswer('4711'),
        anOrder('4712'),
        anAnswer('4712'),
        aCountOf('4711', 'GR-1', '6'),
        anInvoiceOver('INV-1', { '4711': '5', '4712': '5' }),
      )
      const waiting = await standing(world.runtime)
      same(waiting.invoices, ['INV-1 awaiting-receipt nothing'], 'goods of one order are missing')

      await world.tell(aCountOf('4711', 'GR-2', '4'), anInvoiceOver('INV-2', { '4711': '5' }))
      same(
        (await standing(world.runtime)).invoices,
        ['INV-1 awaiting-receipt nothing', 'INV-2 released 62.00'],
        'another invoice over the order whose goods came is paid meanwhile',
      )
      await world.tell(aCountOf('4712', 'GR-3', '5'))
      same(
        (await standing(world.runtime)).invoices,
        ['INV-1 released 124.00', 'INV-2 released 62.00'],
        'the last goods came',
      )
      const released = world.desk.done.filter(
        ({ intent }) =>
          intent.kind === 'write-back' &&
          intent.system === 'finance' &&
          intent.record === 'invoice-release',
      )
      same(released.length, 2, 'finance is told of each invoice once, with the whole of it')
      same((await recorded(world.runtime)).deadLetters, [], 'nothing is set aside')
    },
  'a ship notice over two orders is told to each, also when one of them comes later': async ({
    harness: { store },
    policies,
  }) => {
    const world = openWorld({ store, policies })
    await world.tell(
      anOrder('4711'),
      anAnswer('4711'),
      aNoticeOver('ASN-1', { '4711': '10', '4712': '10' }),
    )
    same(await announced('4711'), '10', 'the order that is there knows what is under way')
    await world.tell(anOrder('4712'), anAnswer('4712'))
    same(await announced('4712'), '10', 'the other knows as soon as it is there')
    await world.tell(
      aCountOf('4711', 'GR-1', '10', 'ASN-1'),
      aCountOf('4712', 'GR-2', '10', 'ASN-1'),
    )
    same((await standing(world.runtime)).shipments, ['ASN-1 closed'], 'all of it came')

    async function announced(orderNumber: string): Promise<string | undefined> {
      const reference = { kind: 'order', key: `acme/0001/${orderNumber}` } as const
      const found = await world.runtime.queries.aggregate({ tenant: 'acme', reference })
      const state = found?.state as OrderState | undefined
      return state?.standing.lines[0]?.schedules[0]?.quantities.shipped
    }
  },
}

const ordered = (orderNumber: string) => ({ orderNumber, orderLineNumber: '1' })

function anOrder(orderNumber: string): TradeDocumentInput {
  return theOrder({ orderNumber, documentNumber: orderNumber })
}

function anAnswer(orderNumber: string): TradeDocumentInput {
  return theAcknowledgment({ orderNumber, documentNumber: `AK-${orderNumber}` })
}

function aCountOf(
  orderNumber: string,
  documentNumber: string,
  quantity: string,
  shipNoticeNumber?: string,
): TradeDocumentInput {
  const count = aCount(quantity, { documentNumber })
  return {
    ...count,
    lines: count.lines.map(({ shipNoticeNumber: _counted, ...line }) => ({
      ...line,
      ...ordered(orderNumber),
      ...(shipNoticeNumber !== undefined && { shipNoticeNumber }),
    })),
  }
}

/** An invoice for so many pieces of each order, at the price of the order. */
function anInvoiceOver(
  documentNumber: string,
  pieces: Readonly<Record<string, string>>,
): TradeDocumentInput {
  const amounts = Object.values(pieces).map((quantity) => Number(quantity) * 12.4)
  const invoice = theInvoice(amounts.reduce((sum, amount) => sum + amount).toFixed(2), {
    documentNumber,
  })
  return {
    ...invoice,
    lines: Object.entries(pieces).flatMap(([orderNumber, quantity], index) =>
      invoice.lines.map((line) => ({
        ...line,
        ...ordered(orderNumber),
        documentLineNumber: String(index + 1),
        quantity,
        amount: (amounts[index] ?? 0).toFixed(2),
      })),
    ),
  }
}

function aNoticeOver(
  documentNumber: string,
  pieces: Readonly<Record<string, string>>,
): TradeDocumentInput {
  const notice = theShipNotice({ documentNumber })
  if (notice.kind !== 'ship-notice') return notice
  return {
    ...notice,
    lines: Object.entries(pieces).flatMap(([orderNumber, quantityShipped], index) =>
      notice.lines.map((line) => ({
        ...line,
        ...ordered(orderNumber),
        documentLineNumber: String(index + 1),
        quantityShipped,
      })),
    ),
  }
}
