import { addMilliseconds, type Actor, instant } from '@counterfoil/core'
import { verifyArchive, verifyAuditExport } from '@counterfoil/core/audit'
import { exportAudit } from '../audit/export-audit.ts'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { purge } from '../retention/purge.ts'
import { RetentionRules } from '../retention/retention-rules.ts'
import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { lifeOf, live, whole } from './closed-orders.ts'
import { runtimeViewOf } from './runtime-view.ts'
import { delivered, theOrder } from './story-documents.ts'
import type { Stage } from './story-stage.ts'
import { openWorld, standing, type StoryWorld } from './story-world.ts'

const rules = RetentionRules.parse({ days: { order: 365, shipment: 365, invoice: 365 } })
const actor: Actor = { kind: 'system', id: 'records-office', roles: [] }
// No store looks at a signature.
const signer = { keyId: 'k1', publicKey: 'a'.repeat(64), sign: () => new Uint8Array(64) }
const verify = () => true

/** What is purged of one company, by two processes at once. */
export const retentionStories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'closed orders are purged by two processes at once, each once, and nothing begins anew': async ({
    harness,
    policies,
  }) => {
    const { store } = harness
    const world = openWorld({ store, policies })
    const open = { tenant: 'acme', number: '3', steps: 4 }
    await live(world, [whole('1'), whole('2'), open, whole('1', 'globex')])
    const other = harness.openAgain === undefined ? store : await harness.openAgain()
    const foreign = await runtimeViewOf(world.runtime.queries, 'globex')
    const runs = await Promise.all([purgeOn(store, world, 0), purgeOn(other, world, 1)])
    const purged = runs.flatMap(({ report }) => report.purged.map(({ key }) => key))
    same(purged.toSorted(), namesOf(['1', '2']), 'all of both orders, each once')
    same((await standing(world.runtime)).orders, ['3 fulfilled'], 'the open order stays')
    same(await runtimeViewOf(world.runtime.queries, 'globex'), foreign, 'the other company')

    const used = runs.filter(({ report }) => report.purged.length > 0)
    const archives = await Promise.all(used.map(({ lines }) => verifyArchive(lines, { verify })))
    const lines = await exportAudit({ store, clock: world.clock }, { tenant: 'acme', signer })
    const verdict = await verifyAuditExport(lines, {
      verify,
      archives: archives.flatMap(({ archive }) => archive ?? []),
    })
    same([verdict.fault, verdict.purged.length, archives.length], [null, 6, used.length], 'the log')

    const repeated = lifeOf('acme', '1').map((document) => delivered(document))
    const answers = await Promise.all(repeated.map((one) => world.runtime.receive(one)))
    same(
      answers.flatMap(({ documents }) => documents.map(({ outcome }) => outcome)),
      repeated.map(() => 'duplicate'),
      'what came before is known',
    )
    const late = { documentNumber: '1', orderNumber: '1', version: 2, revision: 1 }
    const [answer] = await world.tell(theOrder(late))
    same(answer?.outcome, 'quarantined', 'a later version is set aside')
    same((await world.runtime.rebuild()).purged, 6, 'tombstones stay')
    if (other !== store) await other.close()
  },
}

async function purgeOn(store: Store, { clock }: StoryWorld, milliseconds: number) {
  const lines: string[] = []
  const at = createVirtualClock(addMilliseconds(instant(clock.now()), milliseconds))
  const archive = {
    write: async (line: string) => void lines.push(line),
    sync: async () => {},
    read: async function* () {
      yield* lines
    },
  }
  const request = { tenant: 'acme', rules, archive, actor, because: 'kept long enough' }
  return { report: await purge({ store, clock: at, signer, verify }, request), lines }
}

const namesOf = (numbers: readonly string[]): readonly string[] =>
  numbers
    .flatMap((number) => [
      `acme/0001/${number}`,
      `acme/0001/S100/ASN-${number}`,
      `acme/0001/S100/INV-${number}/standard`,
    ])
    .toSorted()
