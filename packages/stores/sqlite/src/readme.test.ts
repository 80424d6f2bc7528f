import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

// #region readme
import { createPolicySource } from '@counterfoil/rules'
import { createRuntime } from '@counterfoil/runtime'
import { createSqliteStore } from '@counterfoil/store-sqlite'

const openBooks = (file: string) =>
  createRuntime({
    store: createSqliteStore({ file }),
    policies: createPolicySource([]),
    connectors: [],
  })

/** Takes a letter in, closes the books, opens them again and looks at what was set aside. */
const setAside = async (file: string, body: string): Promise<readonly string[]> => {
  const today = openBooks(file)
  const envelope = { tenant: 'acme', buyerOrganisation: '0001', connection: 'mailbox' }
  await today.receive({ ...envelope, timeZone: 'Europe/Berlin', body })
  await today.close()

  const tomorrow = openBooks(file)
  const { rows } = await tomorrow.queries.quarantined({ tenant: 'acme' })
  await tomorrow.close()
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
    const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
    const lines = await setAside(join(folder, 'books.sqlite'), 'Dear sirs')
    rmSync(folder, { recursive: true })
    expect(lines).toHaveLength(1)
    expect(readme).toContain(`\`\`\`\n${lines.join('\n')}\n\`\`\``)
  })
})
