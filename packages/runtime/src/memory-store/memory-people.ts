import type { PeopleLedger, Person } from '../store/people-ledger.ts'
import { compareKeys } from './in-order.ts'
import { asStored, type MemoryTables } from './memory-tables.ts'

/** The people of an in-memory store. */
export function memoryPeople(
  tables: MemoryTables,
  answer: <Value>(read: () => Value) => Promise<Value>,
): PeopleLedger {
  const namesOf = (tenant: string): Map<string, Person> => {
    const known = tables.people.get(tenant) ?? new Map<string, Person>()
    tables.people.set(tenant, known)
    return known
  }
  return {
    meet: ({ tenant, people }) =>
      answer(() => {
        const known = namesOf(tenant)
        return asStored(people).map((person) => {
          const met = known.get(person.name) ?? person
          known.set(person.name, met)
          return met
        })
      }),
    find: ({ tenant, tokens }) =>
      answer(() =>
        [...namesOf(tenant).values()]
          .filter(({ token }) => tokens.includes(token))
          .toSorted((a, b) => compareKeys([a.token], [b.token])),
      ),
    forget: ({ tenant, names }) =>
      answer(() => {
        const known = namesOf(tenant)
        const tokens = names.flatMap((name) => known.get(name)?.token ?? [])
        for (const name of names) known.delete(name)
        return tokens
      }),
  }
}
