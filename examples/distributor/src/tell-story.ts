import type { DocumentAnswer, Runtime, VirtualClock } from '@counterfoil/runtime'
import { buyerOrganisation, headOffice, tenant } from './distributor.ts'
import type { StoryPage } from './read-story.ts'
import { closeBooks } from './finance.ts'
import { takeAction } from './take-action.ts'

/** What a day brought in, by outcome, and what was carried out because of it. */
type Tally = Record<DocumentAnswer['outcome'] | 'decisions' | 'clocks' | 'effects', number>

/**
 * Plays the story: every page at its time, and in between whatever clock runs out. What was played in an earlier run is
 * recognised and has no effect. Answers how many effects were carried out.
 */
export async function tellStory({
  runtime,
  clock,
  pages,
  until,
}: {
  readonly runtime: Runtime
  readonly clock: VirtualClock
  readonly pages: readonly StoryPage[]
  /** The evening of the last day. */
  readonly until: string
}): Promise<number> {
  let effects = 0
  for (const [day, ofDay] of Map.groupBy(pages, ({ at }) => at.slice(0, 10))) {
    const tally = noTally()
    for (const page of ofDay) {
      await keepTime({ runtime, clock, until: page.at, tally })
      await turnPage(runtime, page, tally)
    }
    await keepTime({ runtime, clock, until: clock.now(), tally })
    await closeBooks(runtime, day)
    await keepTime({ runtime, clock, until: clock.now(), tally })
    effects += tally.effects
    console.log(dayLine(day, tally))
  }
  const night = noTally()
  await keepTime({ runtime, clock, until, tally: night })
  return effects + night.effects
}

/** The furthest apart that two looks at the clocks are; a clock that runs out rings in the hour it is due. */
const hoursAtOnce = 1

async function keepTime({
  runtime,
  clock,
  until,
  tally,
}: {
  readonly runtime: Runtime
  readonly clock: VirtualClock
  readonly until: string
  readonly tally: Tally
}): Promise<void> {
  const end = Date.parse(until)
  for (;;) {
    const report = await runtime.tick()
    tally.clocks += report.timersFired
    tally.effects += report.effectsDelivered
    const now = Date.parse(clock.now())
    if (now >= end) return
    clock.advanceTo(new Date(Math.min(end, now + hoursAtOnce * 3_600_000)).toISOString())
  }
}

async function turnPage(runtime: Runtime, page: StoryPage, tally: Tally): Promise<void> {
  if (page.connection === 'desk') {
    const became = await takeAction(runtime, page.name, page.text)
    tally.decisions += 1
    if (became !== 'done') console.log(`  ${page.name}: ${became}`)
    return
  }
  const answer = await runtime.receive({
    tenant,
    buyerOrganisation,
    connection: page.connection,
    timeZone: headOffice.timeZone,
    currency: 'USD',
    body: page.text,
  })
  for (const document of answer.documents) {
    tally[document.outcome] += 1
    if (document.outcome === 'quarantined' || document.outcome === 'parked') {
      console.log(`  ${page.name} ${document.outcome}: ${document.sentence}`)
    }
  }
}

function noTally(): Tally {
  return {
    accepted: 0,
    duplicate: 0,
    parked: 0,
    quarantined: 0,
    decisions: 0,
    clocks: 0,
    effects: 0,
  }
}

function dayLine(day: string, tally: Tally): string {
  const parts = [
    `${tally.accepted} documents`,
    ...(tally.parked > 0 ? [`${tally.parked} parked`] : []),
    ...(tally.quarantined > 0 ? [`${tally.quarantined} quarantined`] : []),
    ...(tally.duplicate > 0 ? [`${tally.duplicate} known`] : []),
    ...(tally.decisions > 0 ? [`${tally.decisions} decisions of people`] : []),
    ...(tally.clocks > 0 ? [`${tally.clocks} clocks ran out`] : []),
    `${tally.effects} effects`,
  ]
  return `${day}  ${parts.join(', ')}`
}
