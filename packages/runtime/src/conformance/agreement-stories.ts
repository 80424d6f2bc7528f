import type { Actor, TradeDocumentInput } from '@counterfoil/core'
import { same } from './check.ts'
import { aCount, theAgreement, theInvoice, theOrder } from './story-documents.ts'
import type { Stage } from './story-stage.ts'
import { openWorld, recorded, standing } from './story-world.ts'

const controller: Actor = { kind: 'user', id: 'cora', roles: ['buyer'] }

/** Releases of an agreement over 200.00, each 10 pieces at 12.40: the first takes 124.00, both 248.00. */
export const agreementStories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a release beyond its agreement is not paid before the agreement is extended, whichever came first':
    async ({ harness: { store }, policies }) => {
      const world = openWorld({ store, policies })
      await world.tell(
        aRelease('R-2', '2026-11-25T09:00:00Z'),
        aRelease('R-1', '2026-11-24T09:00:00Z'),
      )
      await world.tell(theAgreement())
      const asked = { tenant: 'acme', agreementKey: 'acme/0001/A-1' }
      const over = await world.runtime.queries.agreement(asked)
      same(
        [over?.state, over?.amountReleased, over?.releases.join()],
        ['exceeded', '248', 'R-1,R-2'],
        'both releases count, 48.00 too much',
      )
      const found = await world.runtime.queries.exceptions({ tenant: 'acme' })
      const stopping = found.rows.filter(({ code }) => code === 'BLANKET_AMOUNT_EXCEEDED')
      same(
        stopping.map(({ exposure, subject }) => [exposure?.amount, subject.aggregate]),
        [['48.00', 'agreement']],
        'one case, with what is at stake',
      )
      await world.tell(goodsOf('R-1'), goodsOf('R-2'), billOf('R-1'), billOf('R-2'))
      same(
        (await standing(world.runtime)).invoices,
        ['INV-R-1 released 124.00', 'INV-R-2 awaiting-resolution nothing'],
        'the release ordered first is paid, the other waits',
      )
      await world.tell(theAgreement({ version: 2, amountLimit: '250.00' }))
      same(
        (await standing(world.runtime)).invoices,
        ['INV-R-1 released 124.00', 'INV-R-2 released 124.00'],
        'with the extension it is paid',
      )
      const { parked, quarantined, deadLetters } = await recorded(world.runtime)
      same([parked, quarantined, deadLetters], [[], [], []], 'nothing is set aside')
    },
  'what one process released of an agreement, another knows; a person closes it': async ({
    harness: { store },
    policies,
  }) => {
    const first = openWorld({ store, policies })
    await first.tell(theAgreement(), aRelease('R-1', '2026-11-24T09:00:00Z'))
    const second = openWorld({ store, policies })
    await second.tell(theAgreement(), aRelease('R-2', '2026-11-25T09:00:00Z'))
    const reference = { kind: 'agreement', key: 'acme/0001/A-1' } as const
    const seen = await second.runtime.queries.aggregate({ tenant: 'acme', reference })
    const answer = await second.runtime.act({
      tenant: 'acme',
      actor: controller,
      idempotencyKey: 'close-a-1',
      aggregate: reference,
      type: 'agreement.closed',
      data: { reason: 'another supplier from January on' },
      expectedVersion: seen?.version ?? null,
    })
    same(answer.outcome, 'applied', 'what a person decides who saw the last release')
    const states = await second.runtime.queries.agreementsByState({ tenant: 'acme' })
    same(
      states.map(({ state, count }) => [state, count]),
      [['closed', 1]],
      'it is counted once, as closed',
    )
  },
}

function aRelease(orderNumber: string, issuedAt: string): TradeDocumentInput {
  return theOrder({
    orderNumber,
    documentNumber: orderNumber,
    issuedAt,
    orderType: 'blanket-release',
    agreementNumber: 'A-1',
  })
}

const ordered = (orderNumber: string) => ({ orderNumber, orderLineNumber: '1' })

function goodsOf(orderNumber: string): TradeDocumentInput {
  const count = aCount('10', { documentNumber: `GR-${orderNumber}` })
  return count.kind === 'receipt'
    ? { ...count, lines: count.lines.map((line) => ({ ...line, ...ordered(orderNumber) })) }
    : count
}

function billOf(orderNumber: string): TradeDocumentInput {
  const bill = theInvoice('124.00', { documentNumber: `INV-${orderNumber}` })
  return bill.kind === 'invoice'
    ? { ...bill, lines: bill.lines.map((line) => ({ ...line, ...ordered(orderNumber) })) }
    : bill
}
