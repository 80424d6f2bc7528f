import {
  Actor,
  AggregateReference,
  CounterfoilError,
  MessageData,
  splitKey,
} from '@counterfoil/core'
import * as z from 'zod'
import type { Command } from './command.ts'

const header = {
  tenant: z.string().trim().min(1).max(80),
  actor: Actor,
  idempotencyKey: z.string().min(1).max(200),
}
const note = z.string().trim().min(1).max(2000)

const AggregateCommand = z.strictObject({
  ...header,
  aggregate: AggregateReference,
  type: z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/),
  data: MessageData,
  expectedVersion: z.int().nonnegative().nullable(),
})

const RuntimeCommand = z.discriminatedUnion('type', [
  z.strictObject({
    ...header,
    type: z.literal('quarantine.repaired'),
    quarantineId: z.string().min(1).max(200),
    body: z.string(),
    note,
  }),
  z.strictObject({
    ...header,
    type: z.literal('quarantine.discarded'),
    quarantineId: z.string().min(1).max(200),
    note,
  }),
  z.strictObject({
    ...header,
    type: z.literal('dead-letter.redriven'),
    deadLetterId: z.string().min(1).max(1200),
    note,
  }),
  z.strictObject({
    ...header,
    type: z.literal('dead-letter.discarded'),
    deadLetterId: z.string().min(1).max(1200),
    note,
  }),
])

/** A command, checked. What is wrong with it is the caller's mistake and throws. */
export function checkCommand(command: Command): Command {
  const schema = 'aggregate' in command ? AggregateCommand : RuntimeCommand
  const parsed = schema.safeParse(command)
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error).replaceAll('\n', ' '))
  const checked = parsed.data
  if ('aggregate' in checked && splitKey(checked.aggregate.key)[0] !== checked.tenant) {
    throw invalid('the key of the aggregate belongs to another tenant')
  }
  return checked
}

function invalid(reason: string): CounterfoilError {
  return new CounterfoilError('COMMAND_INVALID', `cannot carry the command out: ${reason}`)
}
