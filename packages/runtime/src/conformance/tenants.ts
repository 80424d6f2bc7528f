import { createMemoryStore } from '../memory-store/memory-store.ts'
import { chanceOf } from '../simulation/chance.ts'
import { same } from './check.ts'
import { noon } from './records.ts'
import type { StoreCases } from './store-conformance.ts'
import { doSteps, wantAllDone } from './tenant-steps.ts'
import { endOfTime, viewOf } from './tenant-view.ts'

const rounds = 6
const stepsARound = 40

/** Tenants that use the same numbers for everything, in one store. */
export const tenantCases: StoreCases = {
  'whatever a tenant does, another tenant sees what it saw before, and it sees what it would see alone':
    async ({ store }) => {
      const alone = createMemoryStore()
      await doSteps({ store, chance: chanceOf(0), tenant: 'other' }, 4 * stepsARound)
      await wantAllDone(store, 'other')
      // What the other tenant wants done is under way elsewhere, and nobody else is given it.
      await store.claimEffects({ now: endOfTime, leaseUntil: endOfTime, limit: 1000 })
      const before = await viewOf(store, 'other')
      for (let seed = 1; seed <= rounds; seed += 1) {
        for (const place of [store, alone]) {
          await doSteps({ store: place, chance: chanceOf(seed), tenant: 'acme' }, stepsARound)
        }
        const when = `after the steps of seed ${seed}`
        same(await viewOf(store, 'other'), before, `what the other tenant sees ${when}`)
        same(await viewOf(store, 'acme'), await viewOf(alone, 'acme'), `what it sees ${when}`)
      }
      same((await store.dueTimers({ now: noon, limit: 1 })).length, 1, 'timers were armed')
    },
}
