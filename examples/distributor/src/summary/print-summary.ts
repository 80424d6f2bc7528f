import type { Runtime, Store } from '@counterfoil/runtime'
import { printForAgreements } from './for-agreements.ts'
import { printForApprover } from './for-approver.ts'
import { printForAuditor } from './for-auditor.ts'
import { printForBuyer } from './for-buyer.ts'
import { printForDisputes } from './for-disputes.ts'
import { printForEveryDesk } from './for-every-desk.ts'
import { printForManager } from './for-manager.ts'
import { printForPayables } from './for-payables.ts'
import { printForQuality } from './for-quality.ts'
import { printForReceiver } from './for-receiver.ts'

/** What every desk needs to know on an evening. */
export async function printSummary(
  runtime: Runtime,
  {
    store,
    evening,
    audited,
  }: {
    readonly store: Store
    readonly evening: string
    /** Number of the order the auditor asks about. */
    readonly audited: string
  },
): Promise<void> {
  await printForEveryDesk(runtime, evening)
  await printForPayables(runtime, evening)
  await printForApprover(runtime)
  await printForDisputes(runtime)
  await printForAgreements(runtime)
  await printForBuyer(runtime)
  await printForReceiver(runtime)
  await printForQuality(runtime)
  await printForAuditor(runtime, audited)
  await printForManager(store, evening)
}
