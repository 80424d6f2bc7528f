import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { describe, expect, it } from 'vitest'
import { liveSomeBooks } from '../evidence/some-books.examples.ts'
import { verifyBooksCommand } from './verify-books.ts'

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-verify-books-'))
const books = join(folder, 'books.sqlite')
const { runtime } = await liveSomeBooks(createSqliteStore({ file: books }))
await runtime.close()

async function verify(file: string, ...options: readonly string[]) {
  const lines: string[] = []
  const args = ['--store', file, '--tenant', 'acme', ...options]
  const code = await verifyBooksCommand(args, (line) => lines.push(line))
  return { code, lines, text: lines.join('\n') }
}

let copies = 0
/** A copy of the books after somebody with the file at hand wrote into it. */
function afterSql(...statements: readonly string[]): string {
  copies += 1
  const file = join(folder, `copy-${copies}.sqlite`)
  copyFileSync(books, file)
  const database = new DatabaseSync(file)
  const changes = statements.map((statement) => database.prepare(statement).run().changes)
  database.close()
  expect(changes).not.toContain(0)
  return file
}

describe('counterfoil verify-books', () => {
  it('finds books whole as they were written (R-32)', async () => {
    const { code, lines } = await verify(books)
    expect(code).toBe(0)
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    const [, counted = ''] = readme.match(/^(\d+ events in \d+ chains .*, 0 broken)$/m) ?? []
    expect(lines.at(-1)).toBe(counted)
  })

  it('counts nothing of a tenant that has no books, and does not call that well', async () => {
    const lines: string[] = []
    const args = ['--store', books, '--tenant', 'nobody']
    expect(await verifyBooksCommand(args, (line) => lines.push(line))).toBe(1)
    expect(lines).toEqual(['0 events in 0 chains under 0 heads, 0 broken'])
  })

  const derived = `(SELECT min(position) FROM event WHERE body LIKE '%"type":"invoice.matched"%')`
  const lastOfOrder = `kind = 'order' AND sequence = (SELECT max(sequence) FROM event WHERE kind = 'order')`
  it.each([
    [
      'what was derived from a message',
      [`UPDATE event SET body = replace(body, 'within', 'beside') WHERE position = ${derived}`],
      /event \d+ of `invoice:.*` was changed after its audit entry was written/,
    ],
    [
      'who said something',
      [
        `UPDATE event SET body = replace(body, '"kind":"user"', '"kind":"system"') WHERE body LIKE '%note.recorded%'`,
      ],
      /event \d+ of `order:.*` was changed after its audit entry was written/,
    ],
    [
      'an audit entry',
      [`UPDATE audit SET body = replace(body, '"to":"sent"', '"to":"open"') WHERE kind = 'order'`],
      /entry 1 of `order:.*` was changed after it was written/,
    ],
    [
      'an audit entry that was copied to another place',
      [
        `INSERT INTO audit SELECT tenant, 'invoice', key, sequence, event_id, body, head FROM audit
           WHERE kind = 'order' AND sequence = 1`,
      ],
      /the chain of `order:.*` stands in two places/,
    ],
    [
      'an audit entry of an order that is not there',
      [
        `INSERT INTO audit SELECT tenant, 'invoice', key, sequence, event_id,
           replace(body, '"order:acme/0001/4711"', '"order:acme/0001/4700"'), head FROM audit
           WHERE kind = 'order' AND sequence = 1`,
      ],
      /entry 1 of `order:acme\/0001\/4700` was changed after it was written/,
    ],
    [
      'an event taken out',
      [`DELETE FROM event WHERE position = ${derived}`],
      /event \d+ of `invoice:.*`, which an audit entry is about, is missing/,
    ],
    [
      'an event put behind the others',
      [
        `INSERT INTO event SELECT 100000, tenant, kind, key, sequence + 1, 'one-more', NULL,
           replace(body, '"sequence":' || sequence, '"sequence":' || (sequence + 1))
           FROM event WHERE ${lastOfOrder}`,
      ],
      /event \d+ of `order:.*`, `command:note-1#0`, has no audit entry/,
    ],
    [
      'events that were put in another order',
      [`UPDATE event SET position = 100000 - position WHERE kind = 'shipment'`],
      /the events of `shipment:.*` do not stand in the order of their numbers/,
    ],
    [
      'a state that was put back',
      [
        `UPDATE aggregate SET version = version - 1, body = json_set(body, '$.sequence', version - 1) WHERE kind = 'order'`,
      ],
      /the state of `order:.*` does not stand at the end of its audit chain/,
    ],
    [
      'a chain cut off at its end with its event and state',
      [
        `DELETE FROM audit WHERE ${lastOfOrder}`,
        `DELETE FROM event WHERE ${lastOfOrder}`,
        `UPDATE aggregate SET version = version - 1, body = json_set(body, '$.sequence', version - 1, '$.auditHead',
           (SELECT json_extract(body, '$.hash') FROM audit WHERE kind = 'order' ORDER BY sequence DESC LIMIT 1))
           WHERE kind = 'order'`,
      ],
      /head \d says that the chain of `order:.*` grew to entry \d+ .* entries are missing or were replaced/,
    ],
  ])('finds %s (R-32)', async (_what, statements, sentence) => {
    const { code, text } = await verify(afterSql(...statements))
    expect(text).toMatch(sentence)
    expect(code).toBe(1)
  })

  it('goes on behind what is broken, counts everything and names the first of it', async () => {
    const { code, lines } = await verify(
      afterSql(`UPDATE event SET body = replace(body, '"actor"', '"Actor"')`),
    )
    const last = lines.at(-1) ?? ''
    expect(code).toBe(1)
    expect(lines.filter((line) => line.includes('was changed after'))).toHaveLength(20)
    expect(last.match(/^(\d+) events/)?.[1]).toBe(last.match(/(\d+) broken$/)?.[1])
  })

  it('finds that a head that was kept elsewhere is not there', async () => {
    const { code, text } = await verify(books, '--head', 'f'.repeat(64))
    expect(code).toBe(1)
    expect(text).toContain('no head has the hash ffff')
  })

  it('says of entries of an earlier release that they do not hold what was derived', async () => {
    const { code, text } = await verify(
      afterSql(`UPDATE audit SET body = json_remove(body, '$.eventHash') WHERE kind = 'shipment'`),
    )
    expect(code).toBe(1)
    expect(text).toMatch(/\d+ of an earlier release, whose entries do not hold what was derived/)
  })

  it('asks for a store and a tenant', async () => {
    await expect(verifyBooksCommand(['--store', books], () => {})).rejects.toThrow(
      'write verify-books --store FILE --tenant acme',
    )
  })
})
