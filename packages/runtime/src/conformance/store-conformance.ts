import type { Store } from '../store/store.ts'
import { aggregateCases } from './aggregates.ts'
import { backlogCases } from './backlog.ts'
import { durableCases } from './durable.ts'
import { effectCases } from './effects.ts'
import { headCases } from './heads.ts'
import { intakeCases } from './intake.ts'
import { logCases } from './log.ts'
import { machineCases } from './machines.ts'
import { messageCases } from './messages.ts'
import { peopleCases } from './people.ts'
import { promiseCases } from './promises.ts'
import { retentionCases } from './retention.ts'
import { tenantCases } from './tenants.ts'
import { timerCases } from './timers.ts'
import { workRowCases } from './work-rows.ts'

/** An empty store to be checked, and how to put it away. */
export type StoreHarness = {
  readonly store: Store
  /** Another store over the same data, as another process would open it. Only stores that keep data on disk have it. */
  readonly openAgain?: () => Promise<Store>
  /** Puts away whatever the case left, files included. */
  readonly dispose: () => Promise<void>
}

/** One sentence of the contract, and how it is checked: `run` rejects when the store breaks it. */
export type ConformanceCase = { readonly name: string; readonly run: () => Promise<void> }

/** The cases of one group, each given a harness of its own. */
export type StoreCases = Readonly<Record<string, (harness: StoreHarness) => Promise<void>>>

/**
 * The contract of a store, sentence by sentence, as cases for whichever test runner: `for (const { name, run } of
 * storeConformanceCases(makeHarness)) it(name, run)`. `durable` adds what a store on disk promises beyond one in memory;
 * its harness must be able to `openAgain`.
 */
export function storeConformanceCases(
  makeHarness: () => Promise<StoreHarness>,
  { durable = false }: { readonly durable?: boolean } = {},
): readonly ConformanceCase[] {
  const groups: Readonly<Record<string, StoreCases>> = {
    promises: promiseCases,
    aggregates: aggregateCases,
    machines: machineCases,
    messages: messageCases,
    timers: timerCases,
    effects: effectCases,
    'work rows': workRowCases,
    log: logCases,
    intake: intakeCases,
    heads: headCases,
    people: peopleCases,
    retention: retentionCases,
    tenants: tenantCases,
    backlog: backlogCases,
    ...(durable ? { durable: durableCases } : {}),
  }
  return Object.entries(groups).flatMap(([group, cases]) =>
    Object.entries(cases).map(([name, check]) => ({
      name: `${group}: ${name}`,
      run: async () => {
        const harness = await makeHarness()
        try {
          await check(harness)
        } finally {
          await harness.dispose()
        }
      },
    })),
  )
}
