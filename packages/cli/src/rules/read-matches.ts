import { CounterfoilError, type DomainEvent, recordedMatches } from '@counterfoil/core'
import { type MatchRecord, matchRecordOf, readMatchRecord } from '@counterfoil/rules/replay'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { linesOf } from './read-lines.ts'

/** The matches of a record file, one a line, as `counterfoil replay --record` writes them. */
export async function* matchesOfFile(path: string): AsyncGenerator<MatchRecord> {
  for await (const { text, number } of linesOf(path)) {
    const read = readMatchRecord(text)
    if ('fault' in read) {
      throw new CounterfoilError(
        'DOCUMENT_INVALID',
        `cannot read line ${number} of \`${path}\` as a match, ${read.fault}: record it anew`,
      )
    }
    yield read.record
  }
}

const pageSize = 2_000

/** Every match that the invoices of a store went through, invoice by invoice. */
export async function* matchesOfStore(
  file: string,
  tenant: string,
  progress: () => void,
): AsyncGenerator<MatchRecord> {
  const store = createSqliteStore({ file })
  const byInvoice = new Map<string, DomainEvent[]>()
  try {
    for (let cursor: string | null = ''; cursor !== null;) {
      const from: { cursor?: string } = cursor === '' ? {} : { cursor }
      const page = await store.events({ tenant, limit: pageSize, ...from })
      for (const event of page.rows) {
        progress()
        const { kind, key } = event.aggregate
        if (kind !== 'invoice') continue
        const events = byInvoice.get(key) ?? []
        events.push(event)
        byInvoice.set(key, events)
      }
      cursor = page.cursor
    }
  } finally {
    await store.close()
  }
  for (const [key, events] of byInvoice) yield* recordedMatches(key, events).map(matchRecordOf)
}
