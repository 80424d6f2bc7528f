import { currentVersion, isCreditedInFull, isPaid } from './current-invoice.ts'
import { withConflict, writeBackConflict } from './invoice-conflict.ts'
import type { InvoiceFactOf } from './invoice-fact.ts'
import type { InvoiceFacts } from './invoice-state.ts'

type PaymentFact = InvoiceFactOf<
  | 'invoice.posted'
  | 'payment.cleared'
  | 'payment.reversed'
  | 'invoice.released'
  | 'invoice.partly-released'
  | 'invoice.withheld'
  | 'invoice.credited'
  | 'invoice.credit-withdrawn'
  | 'write-back.answered'
>

/** Adds what finance did with the invoice. Books and bank say what they did; what contradicts us is kept for a person. */
export function recordInvoicePayment(facts: InvoiceFacts, fact: PaymentFact): InvoiceFacts {
  switch (fact.type) {
    case 'invoice.posted':
      return posted(facts, fact)
    case 'payment.cleared':
      return paid(facts, fact)
    case 'payment.reversed':
      return {
        ...facts,
        payments: facts.payments.map((payment) =>
          payment.reference === fact.data.paymentReference
            ? { ...payment, reversed: true }
            : payment,
        ),
      }
    case 'invoice.released':
      return {
        ...facts,
        released: { payable: fact.data.payable, at: fact.at },
        partlyReleased: null,
      }
    case 'invoice.partly-released':
      return { ...facts, partlyReleased: fact.data.payable }
    case 'invoice.withheld':
      return { ...facts, released: null, partlyReleased: null }
    case 'invoice.credited':
      return credited(facts, fact)
    case 'invoice.credit-withdrawn':
      return creditWithdrawn(facts, fact)
    case 'write-back.answered':
      return writtenBack(facts, fact)
  }
}

function posted(facts: InvoiceFacts, fact: InvoiceFactOf<'invoice.posted'>): InvoiceFacts {
  const { postingNumber, postedOn } = fact.data
  if (facts.posting !== null || facts.closing !== null) {
    return withConflict(facts, {
      conflictId: `posted/${postingNumber}`,
      code: 'SOR_CONFLICT',
      sentence:
        facts.posting === null
          ? `finance booked it as \`${postingNumber}\` although it is closed as ${facts.closing?.as ?? ''}: reverse the booking or reopen the invoice`
          : `finance booked it twice, as \`${facts.posting.postingNumber}\` and \`${postingNumber}\`: reverse one`,
    })
  }
  const documentHash = currentVersion(facts)?.hash ?? ''
  return { ...facts, posting: { postingNumber, postedOn, documentHash } }
}

function paid(facts: InvoiceFacts, fact: InvoiceFactOf<'payment.cleared'>): InvoiceFacts {
  const { paymentReference, paidOn, amount, discountTaken } = fact.data
  const payment = {
    reference: paymentReference,
    paidOn,
    amount,
    discountTaken: discountTaken ?? null,
    reversed: false,
  }
  const next = { ...facts, payments: [...facts.payments, payment] }
  if (facts.released !== null || facts.partlyReleased !== null) return next
  return withConflict(next, {
    conflictId: `paid/${paymentReference}`,
    code: 'SOR_CONFLICT',
    sentence: `finance paid it as \`${paymentReference}\` although it was not released: find out why`,
  })
}

/** Credits are kept by their own key; one that gives all of it back closes the invoice. */
function credited(facts: InvoiceFacts, fact: InvoiceFactOf<'invoice.credited'>): InvoiceFacts {
  const credits = withCredit(facts.credits, fact.data)
  const next = { ...facts, credits }
  if (facts.closing !== null || isPaid(facts) || !isCreditedInFull(next)) return next
  const documentHash = currentVersion(facts)?.hash ?? ''
  const because = `credited in full by ${credits.map((credit) => credit.documentNumber).join(', ')}`
  const closing = { as: 'credited' as const, at: fact.at, by: fact.by.id, because, documentHash }
  return { ...next, closing, released: null, partlyReleased: null, rematchBecause: null }
}

/** A credit told again, over another amount, takes its own place. */
function withCredit(
  credits: InvoiceFacts['credits'],
  credit: InvoiceFacts['credits'][number],
): InvoiceFacts['credits'] {
  const others = credits.filter(({ creditInvoiceKey: key }) => key !== credit.creditInvoiceKey)
  return [...others, credit].toSorted((a, b) => (a.creditInvoiceKey < b.creditInvoiceKey ? -1 : 1))
}

/** An invoice that was closed because all of it was credited is taken up again when that is no longer so. */
function creditWithdrawn(
  facts: InvoiceFacts,
  fact: InvoiceFactOf<'invoice.credit-withdrawn'>,
): InvoiceFacts {
  const { creditInvoiceKey, documentNumber, reason } = fact.data
  const credits = facts.credits.filter((credit) => credit.creditInvoiceKey !== creditInvoiceKey)
  const next = { ...facts, credits }
  if (facts.closing?.as !== 'credited' || isCreditedInFull(next)) return next
  const rematchBecause = `credit ${documentNumber} gives nothing back any more: ${reason}`
  return { ...next, closing: null, rematchBecause }
}

function writtenBack(
  facts: InvoiceFacts,
  fact: InvoiceFactOf<'write-back.answered'>,
): InvoiceFacts {
  const { outcome, record, system, sentence } = fact.data
  const conflictId = writeBackConflict(record)
  if (outcome === 'applied') {
    const conflicts = facts.conflicts.filter((conflict) => conflict.conflictId !== conflictId)
    return conflicts.length === facts.conflicts.length ? facts : { ...facts, conflicts }
  }
  return withConflict(facts, {
    conflictId,
    code: outcome === 'conflict' ? 'SOR_CONFLICT' : 'WRITEBACK_FAILED',
    sentence: `${system} did not take \`${record}\`: ${sentence}`.slice(0, 1000),
  })
}
