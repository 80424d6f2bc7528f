import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import { notify, tellSupplier } from './notice-intents.ts'
import type { OrderFactOf } from './order-fact.ts'
import type { OrderState } from './order-state.ts'

/** The supplier is asked to let goods go, and told what of them is here or on its way as far as the buyer knows. */
export function cancellationAsked(
  after: OrderState,
  { type, data }: OrderFactOf<'order.cancel-requested' | 'line.cancel-requested'>,
): Intent[] {
  const asked = 'orderLineNumber' in data ? data : {}
  const schedules = after.standing.lines.flatMap(({ orderLineNumber, schedules: all }) =>
    all
      .filter(({ scheduleNumber }) => isAbout(asked, { orderLineNumber, scheduleNumber }))
      .map(({ scheduleNumber, quantities: { ordered, shipped, received, open, cancelled } }) => ({
        orderLineNumber,
        scheduleNumber,
        quantityOrdered: ordered,
        quantityShipped: shipped,
        quantityReceived: received,
        quantityOpen: open,
        quantityCancelled: cancelled,
      })),
  )
  const topic = type === 'order.cancel-requested' ? 'cancel-requested' : 'line-cancel-requested'
  return [tellSupplier(after, topic, data.reason, messageData({ schedules }))]
}

function isAbout(
  asked: { readonly orderLineNumber?: string; readonly scheduleNumber?: string | undefined },
  place: { readonly orderLineNumber: string; readonly scheduleNumber: string },
): boolean {
  if (asked.orderLineNumber === undefined) return true
  if (asked.orderLineNumber !== place.orderLineNumber) return false
  return asked.scheduleNumber === undefined || asked.scheduleNumber === place.scheduleNumber
}

/** Those who counted on not getting the goods hear that they come. What is let go is told by what follows from it. */
export function cancellationRefused(
  after: OrderState,
  { data }: OrderFactOf<'order.cancel-answered' | 'line.cancel-answered'>,
): Intent[] {
  if (data.accepted) return []
  const place = 'orderLineNumber' in data ? `line ${data.orderLineNumber}` : 'the order'
  const why = data.reason === undefined ? '' : `: ${data.reason}`
  const sentence = `the supplier does not agree to cancel ${place}${why}`
  return ['procurement', 'planning'].map((role) =>
    notify(after, { role, topic: 'cancel-refused', sentence }),
  )
}
