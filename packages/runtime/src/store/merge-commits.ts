import type { Commit } from './commit.ts'

/** Several commits as one, in order. */
export function mergeCommits(commits: readonly Commit[]): Commit {
  return {
    basis: commits.flatMap((commit) => commit.basis ?? []),
    aggregates: commits.flatMap((commit) => commit.aggregates ?? []),
    purged: commits.flatMap((commit) => commit.purged ?? []),
    rows: commits.flatMap((commit) => commit.rows ?? []),
    events: commits.flatMap((commit) => commit.events ?? []),
    audit: commits.flatMap((commit) => commit.audit ?? []),
    queue: commits.flatMap((commit) => commit.queue ?? []),
    requeue: commits.flatMap((commit) => commit.requeue ?? []),
    settled: commits.flatMap((commit) => commit.settled ?? []),
    effects: commits.flatMap((commit) => commit.effects ?? []),
    effectResults: commits.flatMap((commit) => commit.effectResults ?? []),
    timersCancelled: commits.flatMap((commit) => commit.timersCancelled ?? []),
    timersArmed: commits.flatMap((commit) => commit.timersArmed ?? []),
    links: commits.flatMap((commit) => commit.links ?? []),
    deliveries: commits.flatMap((commit) => commit.deliveries ?? []),
    documents: commits.flatMap((commit) => commit.documents ?? []),
    commands: commits.flatMap((commit) => commit.commands ?? []),
    quarantined: commits.flatMap((commit) => commit.quarantined ?? []),
    deadLetters: commits.flatMap((commit) => commit.deadLetters ?? []),
    register: commits.flatMap((commit) => commit.register ?? []),
    originals: commits.flatMap((commit) => commit.originals ?? []),
    cursors: commits.flatMap((commit) => commit.cursors ?? []),
  }
}

/** True when a commit would change nothing. */
export function isEmptyCommit(commit: Commit): boolean {
  return Object.values(commit).every((part) => part.length === 0)
}
