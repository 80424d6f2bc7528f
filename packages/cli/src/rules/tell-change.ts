import type { RegistryAnswer } from '@counterfoil/rules/node'
import { type DecidingOnDay, describeChange } from './describe-deciding.ts'
import { tellFinished } from './rules-change.ts'
import type { Write } from './rules-subcommand.ts'

/** What is told of a change: of which rule set, in which word, to whom, and what decided before. */
type Told = {
  readonly id: string
  readonly done: string
  readonly isJson: boolean
  readonly before: DecidingOnDay
  /** Reads what decides now. */
  readonly after: () => DecidingOnDay
}

/** Tells what a release or a rollback came to, and what the command ends with. */
export function tellChange(answer: RegistryAnswer, told: Told, out: Write): number {
  if (told.isJson) out(JSON.stringify(answer))
  else {
    tellFinished(answer, out)
    for (const line of linesOf(answer, told)) out(line)
  }
  return answer.outcome === 'done' ? 0 : 1
}

function linesOf(answer: RegistryAnswer, { id, done, before, after }: Told): readonly string[] {
  if (answer.outcome === 'refused') return [...answer.reasons, 'refused: nothing was changed']
  const { versions, to } = answer
  return [
    `${done} ${versions.map((version) => `${id}@${version}`).join(', ')}`,
    ...describeChange(id, before, after()),
    ...(to === null
      ? [`nothing of ${id} decides from now on: the other sets in force do, or the defaults`]
      : []),
  ]
}
