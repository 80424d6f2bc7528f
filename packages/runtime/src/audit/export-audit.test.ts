import { verifyAuditExport } from '@counterfoil/core/audit'
import { expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { chain, order, tenant } from '../conformance/records.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { exportAudit } from './export-audit.ts'
import { signHeads } from './sign-heads.ts'

const signer = { keyId: 'k1', publicKey: 'a'.repeat(64), sign: () => new Uint8Array(64) }

it('an export has chains in code unit order, whatever order a store lists them in', async () => {
  const store = createMemoryStore()
  const clock = createVirtualClock('2026-11-25T12:00:00Z')
  const names = ['a', '\uFF21', '\u{1D49C}', 'b', '\uE000', '\u{1F69A}', 'c\uFF22', 'c\u{1D49C}']
  await store.commit({ audit: names.flatMap((name) => chain(order(name), ['e1', 'e2'])) })
  await signHeads({ heads: store.heads, clock }, { signer, everySeconds: 0 })
  await store.commit({ audit: chain(order('later'), ['e1']) })
  const lines = await exportAudit({ store, clock }, { tenant, signer })
  const verdict = await verifyAuditExport(lines, { verify: () => true })
  expect(verdict).toMatchObject({ fault: null, entries: 16, chains: 8 })
})
