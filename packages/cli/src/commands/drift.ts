import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CounterfoilError, instant } from '@counterfoil/core'
import { checkMasterFile, compareMasters, type MasterFile } from '@counterfoil/core/masters'
import {
  checkContract,
  DriftPolicy,
  erpWmsFinance,
  type FieldDrift,
  type PlacedFinding,
  type SystemOfRecordContract,
} from '@counterfoil/core/system-of-record'
import { createRuntime, type DriftSummary, readAll } from '@counterfoil/runtime'
import { noPolicies } from '../books/no-policies.ts'
import { booksOptions, openBooks } from '../books/open-books.ts'

/**
 * `counterfoil drift`: lists what systems say otherwise than it stands in the books of a tenant, or with `--ours` and
 * `--theirs` what two files of master data say otherwise. Writes nothing. Ends with 1 where anything differs.
 */
export async function driftCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...booksOptions,
      policy: { type: 'string' },
      owner: { type: 'string' },
      supplier: { type: 'string' },
      contract: { type: 'string' },
      ours: { type: 'string' },
      theirs: { type: 'string' },
      system: { type: 'string', default: 'erp' },
      at: { type: 'string', default: new Date().toISOString() },
      json: { type: 'boolean', default: false },
    },
  })
  const found = await differencesOf(values)
  if (values.json) out(JSON.stringify(found, null, 2))
  else for (const one of found) out(describe(one))
  if (!values.json && found.length === 0) out('nothing differs')
  return found.length === 0 ? 0 : 1
}

type Difference = Omit<DriftSummary, 'aggregate' | 'contract'>

type Values = {
  readonly store?: string | undefined
  readonly schema?: string | undefined
  readonly tenant?: string | undefined
  readonly policy?: string | undefined
  readonly owner?: string | undefined
  readonly supplier?: string | undefined
  readonly contract?: string | undefined
  readonly ours?: string | undefined
  readonly theirs?: string | undefined
  readonly system: string
  readonly at: string
}

async function differencesOf(values: Values): Promise<readonly Difference[]> {
  const { store, tenant, ours, theirs, system, at } = values
  if (ours !== undefined && theirs !== undefined) {
    const checks = compareMasters({
      contract: contractOf(values.contract),
      system,
      ours: masterFile(ours),
      theirs: masterFile(theirs),
      asOf: instant(at),
    })
    return checks.flatMap(({ drift, recordNumber, asOf }) =>
      drift.map((one) => ({ ...listed(one), system, recordNumber, since: asOf })),
    )
  }
  if (store === undefined || tenant === undefined) {
    const sentence =
      'write drift --store FILE --tenant acme, or drift --ours FILE --theirs FILE --system erp'
    throw new CounterfoilError('SETTINGS_INVALID', sentence)
  }
  return inBooks({ ...values, store, tenant })
}

function listed(drift: FieldDrift): Omit<FieldDrift, 'taken'> {
  const { taken: _, ...field } = drift
  return field
}

async function inBooks({
  store: place,
  schema,
  tenant,
  policy,
  owner,
  supplier,
}: Values & { readonly store: string; readonly tenant: string }): Promise<readonly Difference[]> {
  const store = await openBooks(place, { schema, readOnly: true })
  const runtime = createRuntime({ store, policies: noPolicies, connectors: [] })
  try {
    return await readAll(({ limit, cursor }) =>
      runtime.queries.drift({
        tenant,
        owner,
        supplier,
        policy: policy === undefined ? undefined : policyOf(policy),
        limit,
        cursor,
      }),
    )
  } finally {
    await runtime.close()
  }
}

function policyOf(text: string): DriftSummary['policy'] {
  const parsed = DriftPolicy.safeParse(text)
  if (parsed.success) return parsed.data
  const names = DriftPolicy.options.join(', ')
  throw new CounterfoilError('SETTINGS_INVALID', `there is no policy \`${text}\`: name ${names}`)
}

function contractOf(file: string | undefined): SystemOfRecordContract {
  if (file === undefined || file === erpWmsFinance.id) return erpWmsFinance
  const { contract, findings } = checkContract(readJson(file))
  return contract ?? refuse(file, findings)
}

function masterFile(file: string): MasterFile {
  const { file: read, findings } = checkMasterFile(readJson(file))
  return read ?? refuse(file, findings)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new CounterfoilError('SETTINGS_INVALID', `cannot read \`${file}\` as JSON`, { cause })
  }
}

function refuse(file: string, findings: readonly PlacedFinding[]): never {
  const told = findings
    .filter(({ severity }) => severity === 'error')
    .slice(0, 10)
    .map(({ pointer, sentence }) => `at \`${pointer}\`: ${sentence}`)
  throw new CounterfoilError('SETTINGS_INVALID', `cannot use \`${file}\`: ${told.join('; ')}`)
}

function describe({
  record,
  recordNumber,
  path,
  ours,
  theirs,
  system,
  ...one
}: Difference): string {
  const { owner, policy, since } = one
  const values = `${ours ?? 'nothing'} here, ${theirs ?? 'nothing'} in ${system ?? 'an unknown system'}`
  return `${record} ${recordNumber} ${path}: ${values} (${owner} owns it, ${policy}, since ${since})`
}
