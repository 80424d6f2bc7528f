import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { joinKey, verifyAuditChain } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { readLedger } from './live-until-killed.examples.ts'
import { endedAt, offerLife, openBooks, type Place, senders } from './work-until-ended.examples.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function aPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  folders.push(folder)
  return { books: join(folder, 'books.sqlite'), ledger: join(folder, 'ledger.txt'), stuck: false }
}

/** Works under load in a process of its own until some systems are waited for, and ends it. Gives what was answered. */
async function workUntilEnded(place: Place): Promise<ReadonlyMap<string, string>> {
  const program = join(import.meta.dirname, 'work-until-ended.examples.ts')
  const child = spawn(
    process.execPath,
    ['--conditions=@counterfoil/source', program, JSON.stringify({ ...place, stuck: true })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  let isTold = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (isTold || readLedger(place.ledger).asked < 9) return
    isTold = child.kill('SIGTERM')
  })
  expect(await once(child, 'close')).toEqual([0, null])
  const answers = said
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '))
  return new Map(answers.map(([document = '', outcome = '']) => [document, outcome]))
}

/** What stands in the books in the end, whatever came a moment sooner. */
async function whatIsLeft({ queries }: Runtime) {
  return Promise.all(
    senders.map(async (tenant) => {
      const page = { tenant, limit: 500 }
      expect(verifyAuditChain((await queries.audit(page)).rows)).toBeNull()
      const effects = (await queries.effects(page)).rows
      return {
        orders: (await queries.orders(page)).rows,
        invoices: (await queries.invoices(page)).rows.map(({ state }) => state),
        fates: [...new Set(effects.map(({ state }) => state))],
        payments: effects.filter(({ destination }) => destination === 'finance').length,
        aside: [
          (await queries.parked(page)).rows.length,
          (await queries.quarantined(page)).rows.length,
          (await queries.deadLetters(page)).rows.length,
        ],
      }
    }),
  )
}

async function effectKeys({ queries }: Runtime): Promise<readonly string[]> {
  const all = senders.map(async (tenant) => {
    const { rows } = await queries.effects({ tenant, limit: 500 })
    return rows.map(({ key }) => joinKey([tenant, key]))
  })
  return (await Promise.all(all)).flat().toSorted()
}

/** Hands everything over, does what follows, and gives what became of each document. */
async function offerAll(runtime: Runtime): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>()
  for (const sender of senders) {
    await offerLife(runtime, sender, (document, outcome) => void answers.set(document, outcome))
  }
  while (!(await runtime.tick()).finished);
  return answers
}

describe('a runtime that is told to end while it works (SIGTERM)', () => {
  it('ends by itself, and the next goes on at once: nothing lost, no effect under a new key (R-28, R-51)', async () => {
    const { runtime: calm } = openBooks(aPlace())
    await offerAll(calm)
    const expected = await whatIsLeft(calm)
    await calm.close()
    expect(expected.map(({ payments, fates }) => [payments, fates])).toEqual(
      senders.map(() => [1, ['delivered']]),
    )

    const place = aPlace()
    const answered = await workUntilEnded(place)
    expect([...answered.values()]).toContain('refused')
    expect([...answered.values()]).not.toContain('quarantined')
    const askedBefore = readLedger(place.ledger).done

    const { runtime: next, clock } = openBooks(place)
    // The moment at which the leases were given back, long before they would have run out.
    clock.advanceTo(endedAt)
    const again = await offerAll(next)
    for (const [document, outcome] of answered) {
      // What was refused was not taken; a document that was refused may have been taken the round before.
      if (outcome !== 'refused')
        expect([document, again.get(document)]).toEqual([document, 'duplicate'])
    }
    expect(await whatIsLeft(next)).toEqual(expected)
    const { done, asked } = readLedger(place.ledger)
    expect(done.toSorted()).toEqual(await effectKeys(next))
    // What nobody answered was asked once more, under the key it had.
    expect(asked).toBeGreaterThan(done.length)
    expect(done.slice(0, askedBefore.length)).toEqual(askedBefore)
    await next.close()
  })
})
