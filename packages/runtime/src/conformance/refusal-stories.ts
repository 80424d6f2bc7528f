import type { Actor } from '@counterfoil/core'
import { same } from './check.ts'
import { theAcknowledgment, theOrder, wholeLife } from './story-documents.ts'
import type { Stage } from './story-stage.ts'
import { createDesk, openWorld, type StoryWorld } from './story-world.ts'

const integration: Actor = { kind: 'user', id: 'ida', roles: ['integration'] }

/** A desk whose system refuses a record until it is mended. */
function aRefusingDesk(system: string, record: string) {
  let isMended = false
  const desk = createDesk(({ intent }) => {
    const isMeant = intent.kind === 'write-back' && intent.system === system
    const isRefused = isMeant && intent.record.startsWith(record) && !isMended
    return isRefused
      ? { kind: 'refused', reason: 'closed', sentence: 'the period is closed' }
      : null
  })
  const mend = () => {
    isMended = true
  }
  return { desk, mend }
}

async function openCodes({ runtime }: StoryWorld): Promise<readonly string[]> {
  const { rows } = await runtime.queries.exceptions({ tenant: 'acme' })
  return rows.map(({ code, subject }) => `${code} of ${subject.aggregate}`)
}

/** Tries again whatever waits for a person. */
async function redriveAll({ runtime }: StoryWorld): Promise<void> {
  const { rows } = await runtime.queries.deadLetters({ tenant: 'acme', state: 'waiting' })
  for (const { deadLetterId } of rows) {
    await runtime.act({
      type: 'dead-letter.redriven',
      tenant: 'acme',
      deadLetterId,
      actor: integration,
      note: 'the period is open again',
      idempotencyKey: `redrive-${deadLetterId}`,
    })
  }
  await runtime.tick()
  await runtime.tick()
}

/** Records a system refuses: one case for each, which goes when the record is taken. */
export const refusalStories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a posting that finance refuses is one case, and none once it is taken': async ({
    harness: { store },
    policies,
  }) => {
    const { desk, mend } = aRefusingDesk('finance', 'invoice-release')
    const world = openWorld({ store, policies, desk })
    await world.tell(...wholeLife())
    same(await openCodes(world), ['WRITEBACK_FAILED of invoice'], 'one case')
    world.clock.advanceHours(24 * 14)
    await world.runtime.tick()
    same(await openCodes(world), ['WRITEBACK_FAILED of invoice'], 'still one, though it is overdue')
    mend()
    await redriveAll(world)
    const { deadLetters } = world.runtime.queries
    same((await deadLetters({ tenant: 'acme', state: 'waiting' })).rows, [], 'it was taken')
    const { rows } = await world.runtime.queries.exceptions({ tenant: 'acme', open: false })
    const cured = rows.filter(({ sentence }) => sentence.includes('the period is closed'))
    same(
      cured.map(({ state }) => state),
      ['auto-resolved'],
      'its case went with its reason',
    )
  },
  'a confirmation that the ERP refuses is one case, and none once it is taken': async ({
    harness: { store },
    policies,
  }) => {
    const { desk, mend } = aRefusingDesk('erp', 'confirmation')
    const world = openWorld({ store, policies, desk })
    await world.tell(theOrder(), theAcknowledgment())
    same(await openCodes(world), ['WRITEBACK_FAILED of order'], 'one case')
    mend()
    await redriveAll(world)
    same(await openCodes(world), [], 'its reason is gone')
  },
}
