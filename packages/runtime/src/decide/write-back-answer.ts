import {
  type MessageData,
  messageData,
  type OutwardIntent,
  type WriteAnswer,
} from '@counterfoil/core'

/** What an aggregate is told when a system answered a record it wrote; nothing for what is only said to people. */
export function writeBackAnswer(
  intent: OutwardIntent,
  answer: WriteAnswer,
): { readonly type: string; readonly data: MessageData } | null {
  if (intent.kind !== 'write-back') return null
  const { system, record } = intent
  return {
    type: 'write-back.answered',
    data: messageData({
      system,
      record,
      outcome: answer.kind,
      currentVersion: answer.kind === 'conflict' ? answer.currentVersion : null,
      sentence: sentenceOf(record, system, answer).slice(0, 1000),
    }),
  }
}

function sentenceOf(record: string, system: string, answer: WriteAnswer): string {
  if (answer.kind !== 'applied') return answer.sentence
  const reference = answer.reference === null ? '' : ` as \`${answer.reference}\``
  return `\`${record}\` was written to ${system}${reference}`
}
