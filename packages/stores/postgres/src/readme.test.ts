import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { someBooks } from './test-books.examples.ts'

// #region readme
import { createPolicySource } from '@counterfoil/rules'
import { createRuntime } from '@counterfoil/runtime'
import { createPostgresStore, type PostgresStoreSettings } from '@counterfoil/store-postgres'

const openBooks = (settings: PostgresStoreSettings) =>
  createRuntime({
    store: createPostgresStore(settings),
    policies: createPolicySource([]),
    connectors: [],
  })

/** Takes a letter in at one desk, and looks at what was set aside at another. */
const setAside = async (
  settings: PostgresStoreSettings,
  body: string,
): Promise<readonly string[]> => {
  const [mailroom, payables] = [openBooks(settings), openBooks(settings)]
  const envelope = { tenant: 'acme', buyerOrganisation: '0001', connection: 'mailbox' }
  await mailroom.receive({ ...envelope, timeZone: 'Europe/Berlin', body })

  const { rows } = await payables.queries.quarantined({ tenant: 'acme' })
  await Promise.all([mailroom.close(), payables.close()])
  return rows.map(({ raw, sentence }) => `${raw}: ${sentence}`)
}
// #endregion

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const readme = read('../README.md')

describe('the README', () => {
  it('shows the example that is run here', () => {
    const [, example = ''] = read('readme.test.ts').split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows what the example gives', async () => {
    const lines = await setAside(someBooks().settings, 'Dear sirs')
    expect(lines).toHaveLength(1)
    expect(readme).toContain(`\`\`\`\n${lines.join('\n')}\n\`\`\``)
  })

  it('shows SQL that makes a role of one tenant', async () => {
    const [, sql = ''] = /```sql\n([^`]*)```/.exec(readme) ?? []
    const { settings, sql: run } = someBooks()
    const store = createPostgresStore(settings)
    await store.commit({})
    await store.close()
    const role = `acme_reports_${settings.schema}`
    await run(sql.replaceAll('acme_reports', role).replaceAll('counterfoil', settings.schema))
    expect(await run('SELECT tenant FROM tenant_role')).toEqual([{ tenant: 'acme' }])
  })
})
