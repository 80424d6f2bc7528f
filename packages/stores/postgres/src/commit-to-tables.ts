import { CounterfoilError } from '@counterfoil/core'
import type { Commit, CommitAnswer, RecentStates } from '@counterfoil/runtime'
import type { CommitFate } from './commit-together.ts'
import { type Connections, type Query, type Session, statement } from './connections.ts'
import { type Changes, decideCommits } from './decide-commits.ts'
import { questionsAbout } from './known-facts.ts'
import { slotOf } from './slots.ts'
import { askTransaction, keepWritten } from './recent-in-tables.ts'
import { isConnectionLost, isContradiction, isOvertaken, promisedError } from './store-error.ts'
import { numberOf, textOf } from './stored.ts'
import { queriesFor } from './write-changes.ts'

// Each try is lost to another transaction that made progress.
const triesMax = 5

/** Where commits go, and what tells other processes of the work they leave. */
export type CommitPlace = {
  readonly connections: Connections
  readonly tell: (slots: Iterable<number>) => readonly Query[]
  readonly recent: RecentStates
}

/**
 * Makes commits true in one transaction, each with its own answer. Where one of them contradicts what is stored, nothing
 * of the group is, and each is committed alone.
 */
export async function commitToTables(
  place: CommitPlace,
  commits: readonly Commit[],
): Promise<readonly CommitFate[]> {
  try {
    return await commitInOneTransaction(place, commits)
  } catch (error) {
    const [only, ...others] = commits
    if (!isContradiction(error)) throw promisedError(error)
    if (only === undefined || others.length === 0) {
      return [{ kind: 'failed', error: promisedError(error) }]
    }
    const fates: CommitFate[] = []
    for (const commit of commits) fates.push(...(await commitToTables(place, [commit])))
    return fates
  }
}

async function commitInOneTransaction(
  place: CommitPlace,
  commits: readonly Commit[],
): Promise<readonly CommitAnswer[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryToCommit(place, commits)
    } catch (error) {
      if (!isOvertaken(error) || tries >= triesMax) throw error
    }
  }
}

const begin = statement('BEGIN')
const commit = statement('COMMIT')
const rollback = statement('ROLLBACK')

// The one row every writer locks first: places are given in the order of commits, and what is asked next is still true
// when it is committed.
const takeTurn = statement('SELECT last FROM position FOR UPDATE')

const moveOn = (last: number): Query => ({ sql: 'UPDATE position SET last = $1', values: [last] })

async function tryToCommit(
  { connections, tell, recent }: CommitPlace,
  commits: readonly Commit[],
): Promise<readonly CommitAnswer[]> {
  const sent = { isCommit: false }
  try {
    return await connections.within((session) =>
      commitWithin(session, commits, { sent, tell, recent }),
    )
  } catch (error) {
    if (sent.isCommit && isConnectionLost(error)) throw outcomeUnknown(error)
    throw error
  }
}

// Two round trips: what must be known, then what changes.
async function commitWithin(
  session: Session,
  commits: readonly Commit[],
  {
    sent,
    tell,
    recent,
  }: { readonly sent: { isCommit: boolean } } & Pick<CommitPlace, 'tell' | 'recent'>,
): Promise<readonly CommitAnswer[]> {
  const { queries, factsFrom } = questionsAbout(commits)
  const [, [turn] = [], ...found] = await session.send(begin, takeTurn, ...queries)
  if (turn === undefined) throw new Error('the row of `position` is missing')
  const before = numberOf(turn, 'last')
  const facts = { last: before, ...factsFrom(found) }
  const { answers, changes } = decideCommits(commits, facts)
  const changing = queriesFor(changes, facts)
  if (changing.length === 0) {
    await session.send(rollback)
    return answers
  }
  sent.isCommit = true
  const [[transaction] = []] = await session.send(
    askTransaction,
    ...changing,
    ...(facts.last === before ? [] : [moveOn(facts.last)]),
    ...tell(slotsOf(changes)),
    commit,
  )
  if (transaction !== undefined) {
    keepWritten(recent, changes.aggregates.values(), textOf(transaction, 'mark'))
  }
  return answers
}

/** Where there is something to do from now on. */
function slotsOf({ messages, timers, effects }: Changes): readonly number[] {
  const owners = [
    ...[...messages.values()].map(({ message }) => message),
    ...[...timers.values()].map(({ timer }) => timer),
    ...effects.map(({ effect }) => effect),
  ]
  return owners.map(({ tenant, aggregate }) => slotOf(tenant, aggregate.key))
}

// The number of a transaction would not tell: after a crash of the server it may be that of another, which did commit.
function outcomeUnknown(cause: unknown): CounterfoilError {
  return new CounterfoilError(
    'STORE_UNAVAILABLE',
    'the connection was lost while a commit was under way, and whether it was stored is not known: ask again, and what was stored is found',
    { retryable: true, cause },
  )
}
