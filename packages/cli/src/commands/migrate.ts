import { parseArgs } from 'node:util'
import { CounterfoilError, instant } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { checkMigration } from '@counterfoil/runtime/migration'
import { describeMigration } from '../books/describe-migration.ts'
import { loadAggregates } from '../books/load-aggregates.ts'
import { placeOptions, openBooks } from '../books/open-books.ts'
import { canonicalOf, readyMadeRuleSets } from '../rules/ready-made-rule-sets.ts'

/**
 * `counterfoil migrate --check`: runs the lifecycles of this release over the stored states and says what would change or
 * break, for each machine that made some. Writes nothing. Ends with 1 when something would break.
 */
export async function migrateCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: { type: 'boolean', default: false },
      ...placeOptions,
      aggregates: { type: 'string' },
      'rule-sets': { type: 'string' },
      examples: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  })
  const { check, store: place } = values
  if (!check || place === undefined) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'states are taken over as something happens to them, and this only says how: write migrate --check --store FILE',
    )
  }
  const folder = values['rule-sets']
  const store = await openBooks(place, { schema: values.schema, readOnly: true })
  try {
    const checked = await checkMigration({
      store,
      aggregates: await loadAggregates(values.aggregates),
      policies: createPolicySource(
        folder === undefined ? canonicalOf(readyMadeRuleSets()) : loadRuleSetFolder(folder),
      ),
      now: instant(new Date().toISOString()),
      examplesMax: countOf(values.examples),
    })
    const lines = values.json ? [JSON.stringify(checked, null, 2)] : describeMigration(checked)
    for (const line of lines) out(line)
    return checked.isSafe ? 0 : 1
  } finally {
    await store.close()
  }
}

function countOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 0) return count
  throw new CounterfoilError('SETTINGS_INVALID', `cannot show \`${text}\` examples: write a number`)
}
