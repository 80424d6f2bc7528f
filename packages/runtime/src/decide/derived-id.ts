import { sha256Hex } from '@counterfoil/core'

/** Longest id made by joining; a longer one is replaced by its hash, so that ids of long chains stay storable. */
const derivedIdCharactersMax = 400

/**
 * The key of an intent: `<event id>/<ordinal>`, the same however often the decision is replayed. Also the id of the
 * message it becomes when it tells another aggregate something.
 */
export function intentKey(eventId: string, ordinal: number): string {
  return storable(`${eventId}/${ordinal}`)
}

/** The id of the message a timer becomes. Two aggregates may call their timers alike, so the aggregate is named. */
export function timerMessageId(
  aggregate: string,
  timer: { readonly timerId: string; readonly armedVersion: number },
): string {
  const name = timer.timerId.includes(aggregate) ? timer.timerId : `${aggregate}/${timer.timerId}`
  return storable(`timer:${name}:${timer.armedVersion}`)
}

function storable(id: string): string {
  return id.length <= derivedIdCharactersMax ? id : `sha256:${sha256Hex(id)}`
}
