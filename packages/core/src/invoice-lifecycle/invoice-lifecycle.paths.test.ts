import { contentHashOf } from '../document/document-content-hash.ts'
import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { invoiceKey } from '../identity/identity.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { reachedBy, unreached, type Walk } from '../lifecycle/walk-lifecycle.examples.ts'
import type { OrderMatchView } from '../match/match-input.ts'
import type { MatchDecision } from '../match/match-result.ts'
import { money } from '../money/money.ts'
import type { InvoiceFact, InvoiceFactOf } from './invoice-fact.ts'
import { aClerk, aConnector, aMatchResult, anOrderMatchView } from './invoice-lifecycle.examples.ts'
import { invoiceLifecycle } from './invoice-lifecycle.machine.ts'
import { type InvoiceFacts, unknownInvoice } from './invoice-state.ts'

const at = instant('2026-12-01T09:00:00Z')
const invoice = anInvoice()
const key = invoiceKey(invoice)
const hundred = money('100.00', 'EUR')

function fact<Type extends InvoiceFact['type']>(
  type: Type,
  data: InvoiceFactOf<Type>['data'],
  id: string = type,
): InvoiceFact {
  const by = type === 'invoice.received' ? aConnector : aClerk
  return { type, data, id, at, by } as InvoiceFact
}
const walk = (...events: readonly InvoiceFact[]): Walk<typeof invoiceLifecycle> => ({
  input: unknownInvoice(key),
  events,
  same: ({ value, context }) => JSON.stringify([value, outlineOf(context)]),
})

/** What the next states can follow from; how often something happened before is no matter. */
function outlineOf(facts: InvoiceFacts) {
  return {
    versions: facts.versions.map(({ hash, doubtedFields, confirmedBy }) => [
      hash,
      doubtedFields,
      confirmedBy,
    ]),
    match: [facts.match?.documentHash, facts.match?.result.decision],
    attempt: facts.attempt?.documentHash,
    answers: facts.answers,
    duplicate: facts.duplicate?.decision,
    isHeld: facts.holds.filter(isOpenHold).map(({ blocks }) => blocks)[0],
    isPaid: facts.payments.some((payment) => !payment.reversed),
    isReleased: [facts.released !== null, facts.partlyReleased !== null],
    posting: facts.posting,
    disputes: facts.disputes.map(({ state }) => state).slice(-2),
    closing: facts.closing?.as,
    appliedTo: facts.appliedTo,
  }
}

const received = fact('invoice.received', { document: invoice })
const corrected = fact('invoice.received', { document: anInvoice({ revision: 1 }) })
const doubted = fact('extraction.doubted', {
  documentHash: contentHashOf(invoice),
  fields: ['totalAmount'],
})
const answered = (attempt: number, view: OrderMatchView | null) =>
  fact('allocation.answered', { invoiceKey: key, attempt, orderNumber: '4711' as never, view })
const twoOrders = [anInvoiceLine(), anInvoiceLine({ documentLineNumber: '2', orderNumber: '4712' })]
const started = (attempt = 1) =>
  fact('match.started', { attempt, because: '', lookUpId: `${key}/${attempt}`, orders: [] })
const matched = (decision: MatchDecision) =>
  fact('invoice.matched', {
    attempt: 1,
    result: aMatchResult({ invoiceKey: key, attempt: 1 }, { decision }),
    partialRelease: false,
  })
const held = (blocks: 'posting' | 'payment') =>
  fact('hold.placed', { code: 'MANUAL', blocks, reason: 'asked by phone' })
const letGo = fact('hold.released', { holdId: 'hold.placed', code: 'SETTLED', reason: 'settled' })
const posted = fact('invoice.posted', { postingNumber: 'P-1', postedOn: '2026-12-01' as never })
const reversed = fact('invoice.reversed', { reason: 'wrong period' })
const released = fact('invoice.released', { payable: hundred, because: 'nothing stops it' })
const partlyReleased = fact('invoice.partly-released', { payable: hundred, because: 'line 1' })
const withheld = fact('invoice.withheld', { because: 'it is held' })
const paid = fact('payment.cleared', {
  paymentReference: 'B-1',
  paidOn: '2026-12-20' as never,
  amount: '100.00' as never,
})
const bounced = fact('payment.reversed', { paymentReference: 'B-1', reason: 'account closed' })
const reopened = fact('invoice.reopened', { reason: 'it was right after all' })

describe('the paths of an invoice', () => {
  it('reach every state and every transition (R-57)', () => {
    const reached = reachedBy(
      invoiceLifecycle,
      // what was read
      walk(
        received,
        corrected,
        doubted,
        fact('extraction.confirmed', { reason: 'as in the original' }),
      ),
      // whether it is new, and what the match found
      walk(
        received,
        started(),
        matched('match'),
        matched('awaiting-receipt'),
        matched('awaiting-resolution'),
        matched('route-approval'),
        matched('reduce'),
        matched('suspect-duplicate'),
        matched('reject'),
        held('payment'),
        corrected,
      ),
      walk(
        received,
        started(),
        matched('suspect-duplicate'),
        fact('duplicate.decided', { decision: 'confirmed', reason: 'sent twice' }),
        fact('duplicate.decided', { decision: 'cleared', reason: 'two deliveries' }),
        reopened,
        corrected,
      ),
      walk(
        received,
        started(),
        matched('match'),
        matched('route-approval'),
        held('payment'),
        letGo,
      ),
      // the orders it bills
      walk(
        received,
        answered(1, null),
        answered(2, anOrderMatchView()),
        answered(3, null),
        fact('invoice.received', { document: anInvoice({ revision: 1, lines: twoOrders }) }),
        doubted,
      ),
      // the talk about it
      walk(
        received,
        fact('invoice.disputed', {
          exceptionId: 'case-1',
          claim: hundred,
          text: 'the price is wrong',
        }),
        fact('dispute.agreed', { disputeId: 'invoice.disputed', text: 'yes' }),
        fact('dispute.settled', {
          disputeId: 'invoice.disputed',
          text: 'credited',
          settlement: 'credit-memo',
        }),
        fact('dispute.withdrawn', { disputeId: 'invoice.disputed', text: 'we were wrong' }),
        fact('invoice.disputed', { exceptionId: 'case-2', claim: null, text: 'and late' }, 'again'),
      ),
      // books and bank
      walk(received, posted, reversed, held('posting'), letGo),
      walk(received, released, partlyReleased, withheld, paid, bounced, posted, reversed),
      // how it ends
      walk(
        received,
        fact('invoice.rejected', { reason: 'not ours' }),
        fact('invoice.cancelled', { reason: 'withdrawn' }),
        fact('invoice.credited', {
          creditInvoiceKey: 'credit',
          documentNumber: 'CR-1',
          amount: money('99999', 'EUR'),
        }),
        fact('duplicate.decided', { decision: 'confirmed', reason: 'sent twice' }),
        fact('correction.applied', { effect: 'cancel', invoiceKey: 'another' }),
        reopened,
      ),
    )
    expect(unreached(invoiceLifecycle, reached)).toEqual({ states: [], transitions: [] })
  })
})
