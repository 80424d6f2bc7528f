import { type AuditHead, type AuditKey, nextAuditHead } from '@counterfoil/core/audit'
import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { chain, noon, order, tenant } from './records.ts'
import type { StoreCases } from './store-conformance.ts'

// No store looks at a signature; who signs heads and who checks them do.
const signer = { keyId: 'k1', sign: () => new Uint8Array(64) }

/** A public key that signs since noon. */
export function headKey(keyId: string, to: string | null = null): AuditKey {
  return { keyId, publicKey: 'a'.repeat(64), from: '2026-11-25T12:00:00.000Z', to }
}

/** The head over everything that no head speaks of. */
export async function nextHead({ heads }: Store, owner = tenant): Promise<AuditHead> {
  const previous = await heads.last({ tenant: owner })
  const grown = await heads.grown({ tenant: owner, limit: 100 })
  return nextAuditHead({ tenant: owner, at: noon, previous, grown }, signer)
}

const grownOf = async ({ heads }: Store, limit = 100) =>
  (await heads.grown({ tenant, limit })).map(({ end, covered }) => [
    end.aggregate,
    covered,
    end.sequence,
  ])

/** The signed heads over audit chains. */
export const headCases: StoreCases = {
  'a chain has grown until a head speaks of its end': async ({ store }) => {
    const [first, second, third] = chain(order('2'), ['e1', 'e2', 'e3'])
    const other = chain(order('1'), ['e1'])
    if (first === undefined || second === undefined || third === undefined) return
    await store.commit({ audit: [first, second, ...other] })
    const grown = [
      ['order:acme/0001/1', 0, 1],
      ['order:acme/0001/2', 0, 2],
    ]
    same(await grownOf(store), grown, 'by key, from where to where')
    same(await grownOf(store, 1), grown.slice(0, 1), 'at most so many')
    const ends = (await store.heads.grown({ tenant, limit: 100 })).map(({ end }) => end.hash)
    same(ends, [other[0]?.entry.hash, second.entry.hash], 'with the hashes of the last entries')
    const head = await nextHead(store)
    await store.commit({ audit: [third] })
    same(await store.heads.add({ head, keys: [] }), true, 'a head is added')
    same(await grownOf(store), [['order:acme/0001/2', 2, 3]], 'what came since the head was made')
    same(await store.heads.add({ head: await nextHead(store), keys: [] }), true, 'the next')
    same(await grownOf(store), [], 'nothing has grown')
  },
  'tenants are named while they have entries no head speaks of': async ({ store }) => {
    same(await store.heads.tenants({ limit: 10 }), [], 'nobody')
    await store.commit({ audit: chain(order('1'), ['e1']) })
    await store.commit({ audit: chain(order('1', 'other'), ['e1'], 'other') })
    const named = await store.heads.tenants({ limit: 10 })
    same(named.toSorted(), ['acme', 'other'], 'both')
    same((await store.heads.tenants({ limit: 1 })).length, 1, 'at most so many')
    await store.heads.add({ head: await nextHead(store), keys: [] })
    same(await store.heads.tenants({ limit: 10 }), ['other'], 'the one without a head')
  },
  'there is one head of a number, and nothing of another is stored': async ({ store }) => {
    await store.commit({ audit: chain(order('1'), ['e1']) })
    const head = await nextHead(store)
    await store.heads.add({ head, keys: [headKey('k1')] })
    await store.commit({ audit: chain(order('2'), ['e1']) })
    const late = { ...(await nextHead(store)), number: 1 }
    same(await store.heads.add({ head: late, keys: [headKey('k2')] }), false, 'the number is taken')
    same(await store.heads.last({ tenant }), head, 'the first stays')
    same(await store.heads.keys({ tenant }), [headKey('k1')], 'and its keys')
    same((await grownOf(store)).length, 1, 'and what it does not speak of')
  },
  'heads are listed by number, and keys by id': async ({ store }) => {
    same(await store.heads.last({ tenant }), null, 'no head')
    same((await store.heads.list({ tenant, limit: 10 })).rows, [], 'none listed')
    const heads: AuditHead[] = []
    for (let number = 1; number <= 11; number += 1) {
      await store.commit({ audit: chain(order(`${number}`), ['e1']) })
      const head = await nextHead(store)
      const keys = number === 1 ? [headKey('k2'), headKey('k1')] : []
      await store.heads.add({ head, keys })
      heads.push(head)
    }
    same(await store.heads.last({ tenant }), heads.at(-1), 'the last')
    const page = await store.heads.list({ tenant, limit: 9 })
    same(page.rows, heads.slice(0, 9), 'the first nine')
    const rest = await store.heads.list({ tenant, limit: 9, cursor: page.cursor ?? '' })
    same(rest, { rows: heads.slice(9), cursor: null }, 'the rest')
    same(await store.heads.keys({ tenant }), [headKey('k1'), headKey('k2')], 'keys')
    await store.commit({ audit: chain(order('12'), ['e1']) })
    const ended = headKey('k1', '2026-11-26T12:00:00.000Z')
    await store.heads.add({ head: await nextHead(store), keys: [ended] })
    same(await store.heads.keys({ tenant }), [ended, headKey('k2')], 'a key that ended')
  },
}
