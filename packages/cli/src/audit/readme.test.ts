import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AuditRecord, chainAudit, hashOf, instant, systemActor } from '@counterfoil/core'
import { afterAll, describe, expect, it } from 'vitest'

// #region readme
import { createPrivateKey } from 'node:crypto'
import { type AuditExport, auditEnds, auditHead, writeAuditExport } from '@counterfoil/core/audit'
import { auditKey, ed25519Signer } from '@counterfoil/runtime/audit-keys'

/** The public keys, for the auditor: hand them over another way than the exports. */
const publicKeys = (pem: string) => [
  auditKey({ keyId: '2026', from: '2026-01-01T00:00:00.000Z' }, createPrivateKey(pem)),
]

/** Every evening: a signed head over all chains, and the lines of the export. */
const closeDay = async (log: AuditExport, pem: string) => {
  const signer = ed25519Signer('2026', createPrivateKey(pem))
  const head = await auditHead({ ...log, ends: auditEnds(log.entries) }, signer)
  const heads = [...log.heads, head] // keep them: the next head follows from this one
  return { heads, lines: await writeAuditExport({ ...log, heads }, signer) }
}
// #endregion

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-audit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cli = join(import.meta.dirname, '../..')
const readme = readFileSync(join(cli, 'README.md'), 'utf8')
const programs: Readonly<Record<string, readonly string[]>> = {
  counterfoil: ['--conditions=@counterfoil/source', join(cli, 'src/counterfoil.ts')],
  node: [],
}
const run = (command: string): { readonly shown: string; readonly status: number | null } => {
  const [program = '', ...args] = command.split(' ')
  const file = args.map((arg) => (arg.endsWith('.mjs') ? join(cli, arg) : arg))
  const { stdout, status } = spawnSync(process.execPath, [...(programs[program] ?? []), ...file], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { shown: `\`\`\`console\n$ ${command}\n${stdout}\`\`\``, status }
}

/** A private key that is the same in every run, for what the README prints. */
const privateKey = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${'07'.repeat(32)}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
})
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

const aRecord = (event: string): AuditRecord => ({
  at: instant('2026-12-01T08:00:00Z'),
  actor: systemActor,
  object: 'invoice:acme/0001/S100/INV-1/standard',
  event,
  eventId: `delivery-1#${event}`,
  from: 'matching',
  to: 'released',
  reason: null,
  policy: [],
  inputHash: 'a'.repeat(64),
})
const aggregate = 'invoice:acme/0001/S100/INV-1/standard'
const entries = chainAudit(['invoice.matched', 'invoice.released'].map(aRecord), {
  aggregate,
  sequence: 0,
  previousHash: null,
})
const keys = publicKeys(pem)
const at = instant('2026-12-01T18:00:00Z')
const { heads, lines } = await closeDay({ tenant: 'acme', at, entries, heads: [], keys }, pem)
writeFileSync(join(folder, 'export.jsonl'), lines.join(''))
writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys))

describe('the README on signed exports', () => {
  it('shows the example that is run here', () => {
    const source = readFileSync(join(import.meta.dirname, 'readme.test.ts'), 'utf8')
    const [, example = ''] = source.split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows what both verifiers say of an export (R-32)', () => {
    for (const program of ['counterfoil verify-audit', 'node verify-audit.mjs']) {
      const { shown, status } = run(`${program} --keys keys.json export.jsonl`)
      expect(status).toBe(0)
      expect(readme).toContain(shown)
    }
  })

  it('ends with 1 where a kept head is missing or a line was changed', () => {
    const [head] = heads
    for (const program of ['counterfoil verify-audit', 'node verify-audit.mjs']) {
      expect(run(`${program} --head ${hashOf(head)} export.jsonl`).status).toBe(0)
      expect(run(`${program} --head ${'0'.repeat(64)} export.jsonl`).status).toBe(1)
      writeFileSync(join(folder, 'cut.jsonl'), lines.slice(0, -1).join(''))
      expect(run(`${program} cut.jsonl`).status).toBe(1)
    }
  })

  it('is not taken for a signed export where only chains are written', () => {
    const plain = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
    writeFileSync(join(folder, 'chains.jsonl'), plain)
    expect(run('counterfoil verify-audit chains.jsonl')).toMatchObject({ status: 0 })
    expect(run('counterfoil verify-audit --keys keys.json chains.jsonl')).toMatchObject({
      status: 1,
    })
  })
})
