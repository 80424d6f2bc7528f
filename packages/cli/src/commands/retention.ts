import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { CounterfoilError, instant } from '@counterfoil/core'
import { createSystemClock, createVirtualClock } from '@counterfoil/runtime'
import { verifyEd25519 } from '@counterfoil/runtime/audit-keys'
import { purge, RetentionRules, reviewRetention } from '@counterfoil/runtime/retention'
import { readSigner } from '../audit/read-signer.ts'
import { createLineFile } from '../books/line-file.ts'
import { booksOptions, openBooks } from '../books/open-books.ts'
import { describeGroup, describePurge, describeReview } from '../books/describe-retention.ts'

type Out = (line: string) => void

/**
 * `counterfoil retention`: says which closed orders, shipments and invoices have been kept long enough, and why the others
 * stay. Changes nothing, unless `--purge` is written: then what may go is archived in a new file, and purged once that is on
 * disk. Ends with 1 where something that was archived could not be purged.
 */
export async function retentionCommand(args: readonly string[], out: Out): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...booksOptions,
      rules: { type: 'string' },
      at: { type: 'string' },
      purge: { type: 'boolean', default: false },
      archive: { type: 'string' },
      sign: { type: 'string' },
      'key-id': { type: 'string' },
      by: { type: 'string' },
      because: { type: 'string' },
    },
  })
  const { store: place, tenant, rules, schema } = values
  if (!place || !tenant || !rules) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'write retention --store FILE --tenant acme --rules RETENTION.json',
    )
  }
  const review = { tenant, rules: await readRules(rules) }
  if (!values.purge) return preview({ place, schema, at: values.at, review }, out)
  const { archive: file, sign, by, because, at } = values
  if (!file || !sign || !by || !because || at !== undefined) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'to purge, write --archive NEW.jsonl --sign KEY.pem --key-id ID --by WHO --because WHY, and no --at',
    )
  }
  const signer = readSigner(sign, values['key-id'])
  const archive = createLineFile(file)
  const store = await openBooks(place, { schema, readOnly: false })
  try {
    const report = await purge(
      { store, clock: createSystemClock(), signer, verify: verifyEd25519 },
      { ...review, archive, actor: { kind: 'user', id: by, roles: [] }, because },
    )
    for (const line of describePurge(file, report)) out(line)
    return report.overtaken.length === 0 ? 0 : 1
  } finally {
    await archive.close()
    await store.close()
  }
}

type Preview = {
  readonly place: string
  readonly schema: string | undefined
  readonly at: string | undefined
  readonly review: { readonly tenant: string; readonly rules: RetentionRules }
}

async function preview({ place, schema, at, review }: Preview, out: Out): Promise<number> {
  const clock = at === undefined ? createSystemClock() : createVirtualClock(instant(at))
  const store = await openBooks(place, { schema, readOnly: true })
  try {
    const count = { groups: 0, members: 0, free: 0, freeMembers: 0 }
    for await (const group of reviewRetention({ store, clock }, review)) {
      for (const line of describeGroup(group)) out(line)
      const isFree = group.stays.every(({ reason }) => reason === 'head')
      count.groups += 1
      count.members += group.members.length
      count.free += isFree ? 1 : 0
      count.freeMembers += isFree ? group.members.length : 0
    }
    for (const line of describeReview(count)) out(line)
    return 0
  } finally {
    await store.close()
  }
}

async function readRules(path: string): Promise<RetentionRules> {
  try {
    return RetentionRules.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      `cannot read the rules of ${path}: write {"days": {"order": 3650, "shipment": 3650, "invoice": 3650}, "legalHold": ["order:acme/0001/4711"]}`,
      { cause },
    )
  }
}
