import { decimal } from '@counterfoil/core'
import type { RegisterRequest, Store } from '../store/store.ts'
import { same } from './check.ts'
import {
  command,
  deadLetter,
  delivery,
  document,
  message,
  noon,
  quarantined,
  registered,
  tenant,
} from './records.ts'
import type { StoreCases } from './store-conformance.ts'

const clerk = { kind: 'user' as const, id: 'kim', roles: [] }
const settledBy = { at: noon, by: clerk, note: 'mended' }

async function alike(
  store: Store,
  wanted: Partial<Omit<RegisterRequest, 'totalAmount'>> & { readonly total?: string | null } = {},
): Promise<readonly string[]> {
  const { total = null, ...request } = wanted
  const found = await store.register({
    tenant,
    buyerOrganisation: '0001',
    invoiceNumbers: [],
    invoiceDate: '2026-01-01',
    totalAmount: total === null ? null : decimal(total),
    exceptInvoiceKey: 'asking',
    limit: 10,
    ...request,
  })
  return found.map(({ invoiceKey }) => invoiceKey)
}

/** Deliveries, documents, commands, what was set aside, the register, and cursors. */
export const intakeCases: StoreCases = {
  'a delivery is answered once': async ({ store }) => {
    await store.commit({ deliveries: [delivery('d1')] })
    const request = { tenant, deliveryKey: 'd1' }
    same(await store.delivery(request), delivery('d1'), 'the answer that was given')
    const answer = await store.commit({ deliveries: [delivery('d2'), delivery('d1')] })
    same(answer, { kind: 'conflict', on: 'delivery', key: 'd1' }, 'the same delivery again')
    same(await store.delivery({ tenant, deliveryKey: 'd2' }), null, 'its neighbour')
  },
  'a command is answered once': async ({ store }) => {
    await store.commit({ commands: [command('c1')] })
    const request = { tenant, idempotencyKey: 'c1' }
    same(await store.command(request), command('c1'), 'the answer that was given')
    const answer = await store.commit({ commands: [command('c1')] })
    same(answer, { kind: 'conflict', on: 'command', key: 'c1' }, 'the same key again')
  },
  'documents of one key come by revision, then in order of arrival': async ({ store }) => {
    const second = document('doc', { revision: 2, content: 'b' })
    const first = document('doc', { revision: 1, content: 'c' })
    const other = document('doc', { revision: 1, content: 'a' })
    await store.commit({ documents: [second, document('else')] })
    await store.commit({ documents: [first] })
    await store.commit({ documents: [other] })
    same(await store.documents({ tenant, documentKey: 'doc' }), [first, other, second], 'documents')
    const answer = await store.commit({ documents: [first] })
    const conflict = { kind: 'conflict', on: 'document', key: 'doc' }
    same(answer, conflict, 'the same content under the same number')
  },
  'what was set aside is settled once, by whoever was faster': async ({ store }) => {
    await store.commit({ quarantined: [quarantined('q')], deadLetters: [deadLetter('l')] })
    const mended = { quarantined: [quarantined('q', { state: 'repaired', settled: settledBy })] }
    const given = { quarantined: [quarantined('q', { state: 'discarded', settled: settledBy })] }
    const committed = { kind: 'committed' }
    same(await store.commit(mended), committed, 'a document, by the first')
    const late = await store.commit({ ...given, queue: [message('m1')] })
    same(late, { kind: 'conflict', on: 'quarantine', key: 'q' }, 'and by the second')
    same(await store.queued({ limit: 9 }), [], 'nothing of the second')
    const redriven = { deadLetters: [deadLetter('l', { state: 'redriven', settled: settledBy })] }
    same(await store.commit(redriven), committed, 'a dead letter, by the first')
    const conflict = { kind: 'conflict', on: 'dead-letter', key: 'l' }
    same(await store.commit(redriven), conflict, 'and by the second')
    same(await store.commit({ deadLetters: [deadLetter('l')] }), committed, 'it dies again')
    same(await store.commit(redriven), committed, 'and may be settled again')
    const { rows } = await store.quarantined({ tenant, limit: 9 })
    same(
      rows.map(({ state }) => state),
      ['repaired'],
      'what the first decided stands',
    )
  },
  'quarantined documents come in order of arrival and keep their place when settled': async ({
    store,
  }) => {
    await store.commit({ quarantined: [quarantined('z'), quarantined('a')] })
    const mended = quarantined('z', { state: 'repaired', settled: settledBy })
    await store.commit({ quarantined: [mended, quarantined('b')] })
    const page = await store.quarantined({ tenant, limit: 2 })
    same(page.rows, [mended, quarantined('a')], 'the first page')
    const rest = await store.quarantined({ tenant, limit: 2, cursor: page.cursor ?? '' })
    same(rest, { rows: [quarantined('b')], cursor: null }, 'the last page')
    const waiting = await store.quarantined({ tenant, state: 'quarantined', limit: 9 })
    same(waiting.rows, [quarantined('a'), quarantined('b')], 'those that wait')
    const one = await store.quarantined({ tenant, quarantineId: 'a', limit: 9 })
    same(one.rows, [quarantined('a')], 'one of them')
  },
  'dead letters come in the order in which they died and keep their place when settled': async ({
    store,
  }) => {
    await store.commit({ deadLetters: [deadLetter('z'), deadLetter('a')] })
    const redriven = deadLetter('z', { state: 'redriven', settled: settledBy })
    await store.commit({ deadLetters: [redriven] })
    const page = await store.deadLetters({ tenant, limit: 9 })
    same(page.rows, [redriven, deadLetter('a')], 'all of them')
    const waiting = await store.deadLetters({ tenant, state: 'waiting', limit: 9 })
    same(waiting.rows, [deadLetter('a')], 'those that wait')
    const one = await store.deadLetters({ tenant, deadLetterId: 'z', limit: 9 })
    same(one.rows, [redriven], 'one of them')
  },
  'the register finds a number however it is spelled': async ({ store }) => {
    await store.commit({
      register: [
        registered('INV-0042/A', { key: 'one' }),
        registered('inv 0042a', { key: 'two' }),
        registered('INV-0042', { key: 'three' }),
        registered('RÉF 1', { key: 'four' }),
      ],
    })
    same(await alike(store, { invoiceNumbers: ['Inv0042a'] }), ['one', 'two'], 'letters and digits')
    same(await alike(store, { invoiceNumbers: ['réf-1', 'INV 0042'] }), ['three', 'four'], 'two')
    const others = { invoiceNumbers: ['INV0042A'], exceptInvoiceKey: 'one' }
    same(await alike(store, others), ['two'], 'not the invoice that asks')
    same(await alike(store, { invoiceNumbers: ['INV0042A'], limit: 1 }), ['one'], 'so many')
    const elsewhere = { invoiceNumbers: ['INV0042A'], buyerOrganisation: '0002' }
    same(await alike(store, elsewhere), [], 'another buyer has a register of its own')
  },
  'the register finds the same date and total, and a missing total is no total': async ({
    store,
  }) => {
    await store.commit({
      register: [
        registered('A', { total: '100.00' }),
        registered('B', { total: '100.01' }),
        registered('C', { date: '2026-11-21' }),
        registered('D', { total: null }),
      ],
    })
    const day = { invoiceDate: '2026-11-20' }
    same(await alike(store, { ...day, total: '100.0' }), ['A'], 'the same date and total')
    same(await alike(store, { ...day, total: null }), [], 'no total')
  },
  'a register entry that changes keeps its place': async ({ store }) => {
    await store.commit({ register: [registered('A', { key: 'one' })] })
    await store.commit({ register: [registered('A', { key: 'two' })] })
    await store.commit({ register: [registered('A', { key: 'one', total: '7' })] })
    same(await alike(store, { invoiceNumbers: ['A'] }), ['one', 'two'], 'in order of registration')
    await store.commit({ register: [registered('Z', { key: 'one' })] })
    same(await alike(store, { invoiceNumbers: ['A'] }), ['two'], 'its old number')
    same(await alike(store, { invoiceNumbers: ['Z'] }), ['one'], 'its new number')
  },
  'a cursor is the last one stored, one for each connector': async ({ store }) => {
    await store.commit({ cursors: [{ connector: 'erp', cursor: '1' }] })
    await store.commit({
      cursors: [
        { connector: 'erp', cursor: '2' },
        { connector: 'mail', cursor: 'x' },
      ],
    })
    same(await store.cursor({ connector: 'erp' }), '2', 'the last')
    same(await store.cursor({ connector: 'mail' }), 'x', 'the other')
  },
}
