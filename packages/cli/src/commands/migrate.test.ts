import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { orderAggregate } from '@counterfoil/core'
import { migrateCommand } from './migrate.ts'
import { orderAtCommand } from './order-at.ts'

const fixture = readFileSync(
  new URL('../../../stores/sqlite/src/__fixtures__/schema-1.sql', import.meta.url),
  'utf8',
)
const laterRelease = new URL('../books/__fixtures__/later-release.ts', import.meta.url).pathname
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** The books of an earlier release: an order partly received, and an invoice that has just come in. */
function earlierBooks(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  folders.push(folder)
  const file = join(folder, 'books.sqlite')
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA synchronous = OFF; ${fixture}`)
  database.close()
  return file
}

async function run(
  command: (args: readonly string[], out: (line: string) => void) => Promise<number>,
  ...args: readonly string[]
) {
  const lines: string[] = []
  return { exit: await command(args, (line) => lines.push(line)), lines }
}

describe('counterfoil migrate --check', () => {
  it('says of the books of an earlier release that nothing changes, and writes nothing', async () => {
    const file = earlierBooks()
    const before = readFileSync(file)
    const { exit, lines } = await run(migrateCommand, '--check', '--store', file)
    expect(lines).toEqual([
      '3 states',
      '',
      'invoice: 1 made by `invoice-lifecycle` version 1 of before shapes were kept; taken over from their events',
      '  1 stay as they are, 0 change, 0 break',
      '',
      'order: 1 made by `order` version 1 of before shapes were kept; taken over from their events',
      '  1 stay as they are, 0 change, 0 break',
      '',
      'shipment: 1 made by `shipment` version 1 of before shapes were kept; taken over from their events',
      '  1 stay as they are, 0 change, 0 break',
      '',
      'nothing breaks',
    ])
    expect(exit).toBe(0)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('ends with 1 where a release would refuse a state, and names it', async () => {
    const args = ['--check', '--store', earlierBooks(), '--aggregates', laterRelease]
    const { exit, lines } = await run(migrateCommand, ...args)
    expect(exit).toBe(1)
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}acme\/0001\/4711 breaks: .*pin, map or replay$/),
    )
    const json = await run(migrateCommand, ...args, '--json')
    expect(json.exit).toBe(1)
    expect(JSON.parse(json.lines.join('\n'))).toMatchObject({
      states: 3,
      isSafe: false,
      groups: [
        { kind: 'invoice', take: 'replay', same: 1, broken: 0 },
        {
          kind: 'order',
          take: 'unknown',
          broken: 1,
          examples: [{ key: 'acme/0001/4711', shownBefore: 'in-fulfilment' }],
        },
        { kind: 'shipment', take: 'replay' },
      ],
    })
  })

  it('makes no books where there are none', async () => {
    const file = join(tmpdir(), 'no-such-books.sqlite')
    await expect(run(migrateCommand, '--check', '--store', file)).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
    })
    expect(existsSync(file)).toBe(false)
  })

  it('does nothing that was not asked for', async () => {
    await expect(run(migrateCommand, '--store', earlierBooks())).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
    })
  })
})

describe('counterfoil order-at', () => {
  it('prints an order as it was, and what led there', async () => {
    const args = ['--store', earlierBooks(), 'acme/0001/4711']
    const { exit, lines } = await run(orderAtCommand, ...args, '--at', '2026-11-24T09:00:00Z')
    expect(exit).toBe(0)
    // The invoice waits in the queue for its turn to ask the order.
    expect(lines.slice(0, 4)).toEqual([
      'at 2026-11-24T09:00:00Z',
      expect.stringMatching(
        /^order acme\/0001\/4711: in-fulfilment, version 17; nothing has happened/,
      ),
      expect.stringMatching(/^shipment acme\/0001\/S100\/ASN-1: /),
      '',
    ])
    expect(lines.some((line) => /order acme\/0001\/4711 1 {2}.*by story/.test(line))).toBe(true)
  })

  it('ends with 1 where nothing was known of the order yet', async () => {
    const args = ['--store', earlierBooks(), 'acme/0001/4711', '--at', '2026-11-24T08:59:59Z']
    expect(await run(orderAtCommand, ...args)).toEqual({
      exit: 1,
      lines: ['nothing was known of `acme/0001/4711` at 2026-11-24T08:59:59Z'],
    })
  })

  it('finds a state that somebody edited beside its events', async () => {
    const file = earlierBooks()
    const database = new DatabaseSync(file)
    const body = String(
      database.prepare("SELECT body FROM aggregate WHERE kind = 'order'").get()?.['body'],
    )
    const shaped = JSON.stringify({
      ...JSON.parse(body),
      machine: orderAggregate.machine,
    })
    const write = database.prepare("UPDATE aggregate SET body = ? WHERE kind = 'order'")
    write.run(shaped)
    const args = ['--store', file, 'acme/0001/4711', '--at', '2026-12-01T09:00:00Z']
    expect((await run(orderAtCommand, ...args)).exit).toBe(0)
    write.run(shaped.replace('"quantityReceived":"6"', '"quantityReceived":"10"'))
    database.close()
    const { exit, lines } = await run(orderAtCommand, ...args)
    expect(exit).toBe(1)
    expect(lines[1]).toContain('DO NOT LEAD')
  })
})
