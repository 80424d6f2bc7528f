import type { PeopleLedger, Person } from '@counterfoil/runtime'
import { insertInto } from './batch.ts'
import type { Session } from './connections.ts'
import type { HeadPlace } from './postgres-heads.ts'
import { type SqlRow, storable, textOf } from './stored.ts'

/** The people of a database. */
export function postgresPeople({ list, answerOwner, connections }: HeadPlace): PeopleLedger {
  return {
    meet: ({ tenant, people }) =>
      answerOwner(() => connections().within((session) => meet(session, tenant, people))),
    find: list(async (ask, { tenant, tokens }) => {
      const sql = `SELECT token, name, salt FROM person
        WHERE tenant = $1 AND token = ANY ($2::text[]) ORDER BY token`
      return (await ask({ sql, values: [storable(tenant), tokens] })).map(personOf)
    }),
    forget: ({ tenant, names }) =>
      answerOwner(async () => {
        const sql = `WITH forgotten AS (
            DELETE FROM person WHERE tenant = $1 AND name = ANY ($2::text[]) RETURNING token
          ) SELECT token FROM forgotten ORDER BY token`
        const values = [storable(tenant), names.map(storable)]
        return (await connections().ask({ sql, values })).map((row) => textOf(row, 'token'))
      }),
  }
}

type OwnedPerson = Person & { readonly tenant: string }
const storePeople = insertInto<OwnedPerson>(
  'person',
  {
    tenant: ['text', ({ tenant }) => storable(tenant)],
    name: ['text', ({ name }) => storable(name)],
    token: ['text', ({ token }) => token],
    salt: ['text', ({ salt }) => storable(salt)],
  },
  'ON CONFLICT (tenant, name) DO NOTHING',
)

async function meet(
  session: Session,
  tenant: string,
  people: readonly Person[],
): Promise<readonly Person[]> {
  const answers = await session.send(
    ...storePeople(people.map((person) => ({ ...person, tenant }))),
    {
      sql: 'SELECT token, name, salt FROM person WHERE tenant = $1 AND name = ANY ($2::text[])',
      values: [storable(tenant), people.map(({ name }) => storable(name))],
    },
  )
  const met = new Map((answers.at(-1) ?? []).map(personOf).map((one) => [one.name, one]))
  return people.map((person) => met.get(person.name) ?? person)
}

function personOf(row: SqlRow): Person {
  return { token: textOf(row, 'token'), name: textOf(row, 'name'), salt: textOf(row, 'salt') }
}
