import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createPolicySource } from '@counterfoil/rules'
import { createRuntime } from '@counterfoil/runtime'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { liveStruckBooks, ruleSets } from './struck-books.examples.ts'

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-disruption-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const scenario = readFileSync(
  join(import.meta.dirname, '../../../../docs/scenarios/a-supplier-fails.md'),
  'utf8',
)

/** Runs a line of a shell as a reader of the scenario does, and gives what it shows there. */
function run(command: string) {
  const [, ...args] = command.match(/'[^']*'|\S+/g) ?? []
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      '--conditions=@counterfoil/source',
      join(import.meta.dirname, '../counterfoil.ts'),
      ...args.map((arg) => arg.replaceAll("'", '')),
    ],
    { cwd: folder, encoding: 'utf8' },
  )
  // A selection is named by its hash.
  const shown = stdout.replaceAll(/\b[0-9a-f]{64}\b/g, '5c0e…')
  return { shown: `$ ${command}\n${shown}`, stdout, stderr, status }
}

// The rules of these books as their host keeps them: one folder.
const released = dirname(
  fileURLToPath(import.meta.resolve('@counterfoil/rules/rulesets/released.json')),
)
for (const { ruleSet } of ruleSets) {
  const place = join(ruleSet.id, ruleSet.version)
  cpSync(join(released, place), join(folder, 'rules', place), { recursive: true })
}
const file = join(folder, 'books.sqlite')
await liveStruckBooks(createSqliteStore({ file }))

const struck =
  "counterfoil disruption --store books.sqlite --tenant acme --supplier S100 --from 2026-11-27 --today 2026-11-27 --because 'S100 filed for insolvency'"
const applying = (selection: string) =>
  `counterfoil disruption --store books.sqlite --apply ${selection} --by cora --rule-sets rules`

const looked = run(struck)
const rerouting = run(`${struck} --reroute insolvency-desk --preview approvals.json`)
const reassigning = run(`${struck} --reassign insolvency-desk --preview cases.json`)
const rerouted = run(applying('approvals.json'))
const again = run(applying('approvals.json'))
const late = run(applying('cases.json'))

async function invoiceState() {
  const store = createSqliteStore({ file, readOnly: true })
  const reference = { kind: 'invoice', key: 'acme/0001/S100/INV-3/standard' } as const
  const [loaded] = await store.load([{ tenant: 'acme', reference, messageIds: [] }])
  const { rows } = await store.audit({ tenant: 'acme', aggregate: reference, limit: 100 })
  await store.close()
  return { facts: JSON.parse(JSON.stringify(loaded?.state)).facts, audit: rows }
}

describe('a supplier that fails', () => {
  it.each(Object.entries({ looked, rerouting, reassigning, rerouted, late }))(
    'shows what the scenario says: %s (R-111, R-112)',
    (_name, { shown }) => {
      expect(scenario).toContain(shown)
    },
  )

  it('has three open orders, one on its way and one waiting for approval, worth what they are by hand (R-111)', () => {
    // 10 x 12.40 of 4711, 10 x 12.40 of 4712, (100 - 40) x 12.40 = 744.00 of 4713; not promised: 4712 and 4713.
    expect(looked.stdout).toContain(
      'open 992.00 EUR, of it not promised 868.00 EUR; invoiced 595.20 EUR',
    )
    expect(looked.stdout).toMatch(/^order 4711 .*\n {2}1\/1: 10 EA open, 10 on the way/m)
    expect(looked.stdout).toMatch(/^ {2}waits for ap-manager$/m)
    expect(looked.stdout).not.toContain('4720')
    expect([looked.status, rerouting.status, reassigning.status]).toEqual([0, 0, 0])
  })

  it('has its approval with the insolvency desk, once, with who and why in the audit log (R-112, INV-1)', async () => {
    const { facts, audit } = await invoiceState()
    expect(facts.approvals).toMatchObject([
      { state: 'requested', approverRole: 'insolvency-desk', rerouted: [{ by: 'cora' }] },
    ])
    expect(audit.filter(({ event }) => event === 'approval.rerouted')).toMatchObject([
      { actor: { id: 'cora' }, reason: 'S100 filed for insolvency' },
    ])
    expect([rerouted.status, again.status]).toEqual([0, 0])
    expect(again.stdout).toBe(rerouted.stdout)
  })

  it('has a case alone that changed between preview and apply, and says so (R-112)', async () => {
    // Handing on the approval changed invoice INV-3 after its case was selected.
    expect(late.status).toBe(1)
    const { facts } = await invoiceState()
    for (const { owner } of facts.cases) expect(owner.role).not.toBe('insolvency-desk')
  })

  it('has a selection that takes nothing in afterwards, and rules that have to be named', () => {
    const selection = JSON.parse(readFileSync(join(folder, 'approvals.json'), 'utf8'))
    const change = { ...selection.change, toRole: 'me' }
    writeFileSync(join(folder, 'other.json'), JSON.stringify({ ...selection, change }))
    const tampered = run(applying('other.json'))
    expect([tampered.status, tampered.stderr]).toEqual([
      2,
      'counterfoil disruption: the selection was changed since it was made: make another preview\n',
    ])
    const ruleless = run('counterfoil disruption --store books.sqlite --apply cases.json --by cora')
    expect(ruleless.status).toBe(2)
    expect(ruleless.stderr).toContain('--rule-sets FOLDER')
  })

  it.each([
    [
      'nothing that is struck',
      'counterfoil disruption --store books.sqlite --tenant acme --from 2026-11-27',
    ],
    ['two things', `${struck} --site DC-NORTH`],
    ['an end before its beginning', `${struck} --until 2026-11-26`],
    ['a preview of nothing', `${struck} --preview nothing.json`],
    [
      'a change without a reason',
      'counterfoil disruption --store books.sqlite --tenant acme --supplier S100 --from 2026-11-27 --reroute treasury --preview new.json',
    ],
    ['a file that is there', `${struck} --reroute treasury --preview approvals.json`],
  ])('is not looked at with %s', (_, command) => {
    const { status, stdout, stderr } = run(command)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^counterfoil disruption: [^\n]+\n$/)
  })

  it('is printed as JSON for programs', () => {
    const { touched, totals } = JSON.parse(run(`${struck} --json`).stdout)
    expect(touched).toHaveLength(5)
    expect(totals.openValue).toEqual([{ amount: '992.00', currency: 'EUR' }])
  })

  it('leaves the books whole: all states follow from their events', async () => {
    const runtime = createRuntime({
      store: createSqliteStore({ file }),
      policies: createPolicySource(ruleSets),
      connectors: [],
    })
    expect(await runtime.rebuild()).toMatchObject({ corrected: [] })
    await runtime.close()
  })
})
