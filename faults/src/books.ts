import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import type { PolicySource } from '@counterfoil/core'
import { createPolicySource, type LoadedRuleSet } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import type { Store } from '@counterfoil/runtime'
import { createPostgresStore } from '@counterfoil/store-postgres'
import { createSqliteStore } from '@counterfoil/store-sqlite'

/** Where books are kept. Plain data, so that a process can be told where they are. */
export type Books =
  | { readonly kind: 'sqlite'; readonly file: string }
  | {
      readonly kind: 'postgres'
      readonly connectionString: string
      readonly schema: string
      readonly applicationName: string
    }

/** Opens books with the settings a host would use. */
export function openStore(books: Books): Store {
  if (books.kind === 'sqlite') return createSqliteStore({ file: books.file })
  const { connectionString, schema, applicationName } = books
  return createPostgresStore({ connectionString, schema, applicationName })
}

/** The canonical rule sets, read and checked as they stand in the rules package. */
export function canonicalRuleSets(): readonly LoadedRuleSet[] {
  const folder = fileURLToPath(
    new URL('rulesets', import.meta.resolve('@counterfoil/rules/package.json')),
  )
  return loadRuleSetFolder(folder).filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-'))
}

/** Leaves rule sets in a file: processes that die young are not to spend their lives on checking them. */
export function writeRuleSets(file: string): void {
  writeFileSync(file, serialize(canonicalRuleSets()))
}

/** The rule sets of a file. */
export function policiesFrom(file: string): PolicySource {
  return createPolicySource(deserialize(readFileSync(file)))
}
