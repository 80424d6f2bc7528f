import type { MatchInput } from '@counterfoil/core'

/** What the hand-written matcher says: the decision, the holds, and what was set aside of which receipt. */
export type HandMatch = {
  readonly decision: string
  readonly holds: readonly string[]
  readonly allocations: readonly (readonly [line: string, receipt: string, quantity: number])[]
}

/**
 * The canonical three-way match written by hand for whole pieces and cents: price within 5 % and 25.00, no more billed
 * than received within 5 % and 25.00 in value, no more than ordered, duplicates, currency, balance. No policy, no
 * explanation, whole numbers: the least anybody would write who needs nothing else.
 */
export function matchByHand({ invoice, orders, register }: MatchInput): HandMatch {
  const holds: string[] = []
  const allocations: [string, string, number][] = []
  let isTolerated = false
  let totalCents = 0
  const isSingle = invoice.lines.length === 1
  const left = new Map<string, number>()
  for (const line of invoice.lines) {
    const order = orders.find((one) => one.orderNumber === line.orderNumber)
    const ordered = order?.lines.find((one) => one.orderLineNumber === line.orderLineNumber)
    if (order === undefined || ordered === undefined) continue
    const quantity = Number(line.quantity)
    const amount = toCents(line.amount)
    totalCents += amount
    const expected = quantity * toCents(ordered.price.amount)
    const over = amount - expected
    const suffix = isSingle ? '' : `:${line.documentLineNumber}`
    if (over > 0) {
      if (over > 2500 || over * 100 > expected * 5) holds.push(`PRICE${suffix}`)
      else isTolerated = true
    }
    let received = 0
    let needed = quantity
    for (const receipt of order.receipts) {
      if (receipt.orderLineNumber !== ordered.orderLineNumber) continue
      const key = `${receipt.receiptNumber}/${receipt.receiptLineNumber}`
      const free = left.get(key) ?? Number(receipt.quantity)
      received += free
      const taken = Math.min(free, needed)
      if (taken > 0) {
        allocations.push([line.documentLineNumber, receipt.receiptNumber, taken])
        left.set(key, free - taken)
        needed -= taken
      }
    }
    if (quantity > Number(ordered.quantityOrdered)) holds.push(`QTY_ORDERED${suffix}`)
    const extra = quantity - received
    if (extra > 0) {
      const value = extra * toCents(ordered.price.amount)
      if (value > 2500 || extra * 100 > received * 5) holds.push(`QTY_RECEIVED${suffix}`)
      else isTolerated = true
    }
  }
  if (orders.some((order) => order.currency !== invoice.currency)) holds.push('CURRENCY')
  const number = bare(invoice.documentNumber)
  if (register.some((one) => bare(one.invoiceNumber) === number)) {
    return { decision: 'suspect-duplicate', holds: ['DUPLICATE'], allocations }
  }
  if (invoice.totalAmount !== null && Math.abs(toCents(invoice.totalAmount) - totalCents) > 5) {
    return { decision: 'reject', holds, allocations }
  }
  const decision = holds.length > 0 ? 'hold' : isTolerated ? 'match-within-tolerance' : 'match'
  return { decision, holds, allocations }
}

function toCents(amount: string): number {
  const point = amount.indexOf('.')
  if (point < 0) return Number(amount) * 100
  return Number(amount.slice(0, point)) * 100 + Number(amount.slice(point + 1).padEnd(2, '0'))
}

function bare(number: string): string {
  return number.replaceAll(/\s/g, '').toUpperCase()
}
