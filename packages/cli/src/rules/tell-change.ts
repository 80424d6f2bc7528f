import type { RegistryAnswer } from '@counterfoil/rules/node'
import { tellFinished } from './rules-change.ts'
import type { Write } from './rules-subcommand.ts'

/** What is told of a change: of which rule set, in which word, and to whom. */
type Told = { readonly id: string; readonly done: string; readonly isJson: boolean }

/** Tells what a release or a rollback came to, and what the command ends with. */
export function tellChange(answer: RegistryAnswer, { id, done, isJson }: Told, out: Write): number {
  if (isJson) out(JSON.stringify(answer))
  else {
    tellFinished(answer, out)
    for (const line of linesOf(answer, id, done)) out(line)
  }
  return answer.outcome === 'done' ? 0 : 1
}

function linesOf(answer: RegistryAnswer, id: string, done: string): readonly string[] {
  if (answer.outcome === 'refused') return [...answer.reasons, 'refused: nothing was changed']
  const { versions, from, to } = answer
  return [
    `${done} ${versions.map((version) => `${id}@${version}`).join(', ')}`,
    `in force was ${from ?? 'none'}, is ${to ?? 'none'}`,
    ...(to === null
      ? [`nothing of ${id} decides from now on: the other sets in force do, or the defaults`]
      : []),
  ]
}
