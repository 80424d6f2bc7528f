import type * as z from 'zod'
import { type Answer, parked, refused } from './answer.ts'
import type { Message } from './message.ts'

/** A message of an aggregate, read: its type and its checked data. */
type Said = { readonly type: string; readonly data: unknown }

/** A message read, or why it cannot be. */
export type MessageReading<Read extends Said> =
  | { readonly kind: 'read'; readonly message: Read }
  | Answer

/** Checks the data of a message by its type. A type the aggregate does not know is parked: a later version may know it. */
export function readMessage<Read extends Said>(
  { type, data }: Message,
  {
    aggregate,
    schemas,
  }: {
    /** What is told, with its article: `an order`. */
    readonly aggregate: string
    readonly schemas: { readonly [Type in Read['type']]: z.ZodType }
  },
): MessageReading<Read> {
  if (!isKnown(schemas, type)) {
    return parked('unknown-message-type', `${aggregate} does not know what to do with \`${type}\``)
  }
  const parsed = schemas[type].safeParse(data)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refused(
      'invalid-data',
      `\`${type}\` cannot be read at \`${issue?.path.join('/') ?? ''}\`: ${issue?.message ?? ''}`,
    )
  }
  return { kind: 'read', message: { type, data: parsed.data } as Read }
}

function isKnown<Type extends string>(
  schemas: Readonly<Record<Type, unknown>>,
  type: string,
): type is Type {
  return Object.hasOwn(schemas, type)
}
