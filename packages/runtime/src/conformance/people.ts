import type { OriginalText, Person } from '../store/people-ledger.ts'
import { same } from './check.ts'
import { noon, tenant } from './records.ts'
import type { StoreCases } from './store-conformance.ts'

/** A person with what stands for its name, which no store checks. */
export function person(name: string, salt = 's1'): Person {
  return { token: `person-${salt}-${name}`, name, salt }
}

/** The text a delivery came as. */
export function original(deliveryKey: string, given: Partial<OriginalText> = {}): OriginalText {
  return {
    tenant,
    deliveryKey,
    connection: 'mail',
    receivedAt: noon,
    seal: `seal of ${deliveryKey}`,
    kept: { text: `text of ${deliveryKey}`, salt: 's1' },
    ...given,
  }
}

const ada = person('Ada')
const kim = person('Kim')

/** The names of people, and the texts documents came as: what has to be erasable. */
export const peopleCases: StoreCases = {
  'a name has one person, whoever meets it first': async ({ store: { people } }) => {
    same(await people.meet({ tenant, people: [ada] }), [ada], 'a new name')
    const met = await people.meet({ tenant, people: [kim, person('Ada', 's2'), kim] })
    same(met, [kim, ada, kim], 'in the order asked, a known name as it was')
    same(await people.meet({ tenant, people: [] }), [], 'nobody')
    const tokens = [kim.token, ada.token, 'person-none']
    same(await people.find({ tenant, tokens }), [ada, kim], 'found by token')
    same(await people.find({ tenant: 'other', tokens }), [], 'by another tenant')
  },
  'a forgotten name is gone, and is a new person when it comes again': async ({
    store: { people },
  }) => {
    await people.meet({ tenant, people: [ada, kim] })
    await people.meet({ tenant: 'other', people: [person('Ada', 's3')] })
    same(await people.forget({ tenant, names: ['Ada', 'Nobody'] }), [ada.token], 'its token')
    same(await people.find({ tenant, tokens: [ada.token, kim.token] }), [kim], 'the other stays')
    same(await people.forget({ tenant, names: ['Ada'] }), [], 'nothing is left')
    const again = person('Ada', 's2')
    same(await people.meet({ tenant, people: [again] }), [again], 'a new person')
    const [there] = await people.meet({ tenant: 'other', people: [ada] })
    same(there, person('Ada', 's3'), "another tenant's person")
  },
  'the text of a delivery is kept by its key until it is replaced': async ({ store }) => {
    const [first, second] = [original('d1'), original('d2')]
    await store.commit({ originals: [second, first, original('d1', { tenant: 'other' })] })
    const page = { tenant, limit: 1 }
    const one = await store.originals(page)
    same(one.rows, [first], 'the first by key')
    const two = await store.originals({ ...page, cursor: one.cursor ?? '' })
    same(two, { rows: [second], cursor: null }, 'the second')
    const erased = original('d1', { kept: null })
    await store.commit({ originals: [erased] })
    const found = await store.originals({ tenant, limit: 9, deliveryKeys: ['d1', 'd3'] })
    same(found.rows, [erased], 'erased, by key')
  },
}
