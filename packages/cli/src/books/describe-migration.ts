import type { Intent } from '@counterfoil/core'
import {
  type CheckedGroup,
  type CheckedState,
  describeStamp,
  type MigrationCheck,
} from '@counterfoil/runtime/migration'

const valueCharactersMax = 60
const changesShownMax = 5

/** What a release would make of stored states, for people: a line for each machine, its examples below. */
export function describeMigration({ states, groups, isSafe }: MigrationCheck): readonly string[] {
  return [
    `${states} states`,
    ...groups.flatMap(describeGroup),
    '',
    isSafe
      ? 'nothing breaks'
      : 'something breaks: nothing was written, and nothing should be installed',
  ]
}

const takes: Readonly<Record<CheckedGroup['take'], string>> = {
  current: 'made by the machine of this release',
  pin: 'pinned: they end under the machine that made them',
  replay: 'taken over from their events',
  map: 'mapped',
  unknown: 'nobody said how they are taken: all of them would be refused',
}

function describeGroup(group: CheckedGroup): readonly string[] {
  const { kind, machine, count, same, changed, broken, take } = group
  const counts = `${same} stay as they are, ${changed} change, ${broken} break`
  return [
    '',
    `${kind}: ${count} made by ${describeStamp(machine)}; ${takes[take]}`,
    ...(take === 'current' ? [] : [`  ${counts}`]),
    ...group.examples.flatMap(describeState),
  ]
}

function describeState(state: CheckedState): readonly string[] {
  const { key, outcome, sentence, shownBefore, shownAfter, changes, asks } = state
  const shown =
    shownBefore === shownAfter
      ? ''
      : ` (${shownBefore ?? 'not shown'} -> ${shownAfter ?? 'not shown'})`
  const more = changes.length - changesShownMax
  return [
    outcome === 'broken' ? `  ${key} breaks: ${sentence}` : `  ${key}${shown}: ${sentence}`,
    ...changes
      .slice(0, changesShownMax)
      .map(({ path, before, after }) => `    ${path}: ${short(before)} -> ${short(after)}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
    ...asks.map((intent) => `    asks for ${describeIntent(intent)}`),
  ]
}

function describeIntent(intent: Intent): string {
  switch (intent.kind) {
    case 'arm-timer':
      return `timer ${intent.type} at ${intent.dueAt}`
    case 'cancel-timer':
      return `end of timer ${intent.timerId}`
    case 'notify':
      return `notice to ${intent.role}: ${intent.sentence}`
    case 'tell':
      return `${intent.type} told to ${intent.to.kind}:${intent.to.key}`
    case 'write-back':
      return `write-back of ${intent.record} to ${intent.system}`
    case 'send-document':
      return `document to ${intent.to}`
    case 'send-supplier-notice':
    case 'look-up-register':
    case 'register-invoice':
      return intent.kind
  }
}

function short(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length <= valueCharactersMax ? text : `${text.slice(0, valueCharactersMax - 1)}…`
}
