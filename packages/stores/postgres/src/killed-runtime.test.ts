import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { joinKey, verifyAuditChain } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import {
  liveOn,
  openBooks,
  type Place,
  readLedger,
  settle,
  tenants,
} from './live-until-killed.examples.ts'
import { someBooks } from './test-books.examples.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function aPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  folders.push(folder)
  return { ...someBooks().settings, ledger: join(folder, 'ledger.txt'), minutes: 0 }
}

/** Runs the story in a process of its own and kills it after so many steps. Gives the steps it was sure of. */
async function liveAndKill(place: Place, steps: number): Promise<readonly string[]> {
  const program = join(import.meta.dirname, 'live-until-killed.examples.ts')
  const child = spawn(
    process.execPath,
    ['--conditions=@counterfoil/source', program, JSON.stringify(place)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.split('\n').length - 1 >= steps) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
  return said.split('\n').slice(0, -1)
}

/** What does not depend on which of several processes was a moment faster. */
async function whatIsLeft({ queries }: Runtime) {
  return Promise.all(
    tenants.map(async (tenant) => {
      const page = { tenant, limit: 500 }
      const audit = (await queries.audit(page)).rows
      expect(verifyAuditChain(audit)).toBeNull()
      const events = (await queries.events(page)).rows
      expect(audit.map(({ eventId }) => eventId).toSorted()).toEqual(
        events.map(({ id }) => id).toSorted(),
      )
      const effects = (await queries.effects(page)).rows
      expect(effects.filter(({ state }) => state !== 'delivered')).toEqual([])
      return {
        orders: (await queries.orders(page)).rows,
        invoices: (await queries.invoices(page)).rows.map(({ state }) => state),
        shipments: (await queries.shipments(page)).rows.map(({ state }) => state),
        cases: (await queries.exceptions({ ...page, open: 'both' })).rows.length,
        documents: events.map(({ id }) => id).filter((id) => /^document:[^#]*#0$/.test(id)).length,
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

/** Every effect the books know. */
async function effectKeys({ queries }: Runtime): Promise<readonly string[]> {
  const all = tenants.map(async (tenant) => {
    const { rows } = await queries.effects({ tenant, limit: 500 })
    return rows.map(({ key }) => joinKey([tenant, key]))
  })
  return (await Promise.all(all)).flat().toSorted()
}

describe('three processes that live on one database and are killed while they work (kill -9)', () => {
  it('lose nothing and do nothing twice, whoever goes on with the work (R-28, R-51)', async () => {
    const calm = aPlace()
    const undisturbed = openBooks(calm)
    await liveOn(undisturbed, () => {})
    const expected = await whatIsLeft(undisturbed)
    await undisturbed.close()
    expect(expected.map(({ invoices }) => invoices)).toEqual(tenants.map(() => ['released']))

    const place = aPlace()
    const answered = new Set<string>()
    const note = (said: readonly string[], before: ReadonlySet<string>): void => {
      for (const step of said.filter((one) => !one.startsWith('tick'))) {
        const [document = '', outcome] = step.split(' ')
        // What was answered before this process began is known for ever.
        if (before.has(document)) expect(outcome).toBe('duplicate')
        answered.add(document)
      }
    }
    let minutes = 0
    for (const steps of [
      [2, 9, 16],
      [5, 20, 30],
    ]) {
      const before = new Set(answered)
      const opened = { ...place, minutes }
      const said = await Promise.all(steps.map((one) => liveAndKill(opened, one)))
      for (const one of said) note(one, before)
      // Longer than a lease, so that what the dead had begun is taken up again.
      minutes += 2
    }
    const runtime = openBooks({ ...place, minutes })
    await liveOn(runtime, () => {})
    await settle(runtime)
    expect(await whatIsLeft(runtime)).toEqual(expected)
    expect(readLedger(place.ledger).done.toSorted()).toEqual(await effectKeys(runtime))
    await runtime.close()
  })
})
