import {
  compareDecimals,
  equalDecimals,
  isNegativeDecimal,
  isPositiveDecimal,
  maxDecimal,
  subtractDecimals,
  sumDecimals,
} from '../decimal/decimal-arithmetic.ts'
import { decimal } from '../decimal/decimal.ts'
import { isWithinPercent } from '../decimal/ratio.ts'
import type { OrderState, ScheduleStanding } from '../order-lifecycle/order-state.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { World } from '../world/world.ts'
import { atOrder, type Breach } from './invariant.ts'

const zero = decimal('0')

/** INV-3: the schedules of a line add up to the line, in the order and in its standing. */
export function scheduleSums(world: World): readonly Breach[] {
  return eachLine(world, ({ key, line, schedules }) => {
    const written = sumDecimals(line.schedules.map((schedule) => schedule.quantityOrdered))
    const standing = sumDecimals(schedules.map(({ quantities }) => quantities.ordered))
    return [
      ...(equalDecimals(written, line.quantityOrdered)
        ? []
        : [
            atOrder(
              key,
              `line ${line.orderLineNumber} orders ${line.quantityOrdered}, its schedules ${written}`,
            ),
          ]),
      ...(equalDecimals(standing, line.quantityOrdered)
        ? []
        : [
            atOrder(
              key,
              `line ${line.orderLineNumber} orders ${line.quantityOrdered}, its schedules stand at ${standing}`,
            ),
          ]),
    ]
  })
}

/** INV-4: what was answered is no more than what was ordered or more that was accepted, and the rest waits. */
export function answeredQuantities(world: World): readonly Breach[] {
  return eachSchedule(world, ({ key, order, line, schedule, place }) => {
    const { ordered, confirmed, backordered, rejected, cancelled, awaiting } = schedule.quantities
    const answered = sumDecimals([confirmed, backordered, rejected, cancelled])
    const rest = maxDecimal(subtractDecimals(ordered, answered), zero)
    const isMore = compareDecimals(answered, ordered) > 0
    return [
      ...(equalDecimals(awaiting, rest)
        ? []
        : [atOrder(key, `${place}: ${awaiting} awaits an answer, it should be ${rest}`)]),
      ...(isMore && !isMoreAccepted(order, line.orderLineNumber)
        ? [
            atOrder(
              key,
              `${place}: ${answered} of ${ordered} is answered, and nobody accepted more`,
            ),
          ]
        : []),
    ]
  })
}

/** A version that was changed, a difference inside tolerance, or a decision of the buyer explains more than ordered. */
function isMoreAccepted({ desk, facts, standing }: OrderState, line: string): boolean {
  const isTolerated = Object.values(desk.judged).some((judged) => judged.line === line)
  const isDecided = standing.changes.some(
    ({ changeId, orderLineNumber }) =>
      (orderLineNumber === line || orderLineNumber === null) &&
      facts.decisions[changeId] !== undefined,
  )
  return isTolerated || isDecided || standing.versions.length > 1
}

/** INV-5: no more is kept than ordered and tolerated, unless a case covers the excess. */
export function receivedQuantities(world: World): readonly Breach[] {
  return eachLine(world, ({ key, order, line, schedules }) => {
    const { overPercent, overUnlimited } = line.deliveryTolerance
    if (overUnlimited || overPercent === null) return []
    const kept = sumDecimals(
      schedules.map(({ quantities }) => subtractDecimals(quantities.received, quantities.returned)),
    )
    const excess = subtractDecimals(kept, line.quantityOrdered)
    if (!isPositiveDecimal(excess)) return []
    if (isWithinPercent(excess, line.quantityOrdered, overPercent)) return []
    const isCovered = order.desk.cases.some(
      ({ code, subject }) => code === 'RCV_OVER' && subject.line === line.orderLineNumber,
    )
    return isCovered
      ? []
      : [
          atOrder(
            key,
            `line ${line.orderLineNumber}: ${kept} of ${line.quantityOrdered} is kept, and no case covers ${excess}`,
          ),
        ]
  })
}

/** INV-6: everything received is accepted, refused by quality control, or still with it. */
export function inspectedQuantities(world: World): readonly Breach[] {
  return eachSchedule(world, ({ key, schedule, place }) => {
    const { received, accepted, rejectedByQuality, inInspection } = schedule.quantities
    const sum = sumDecimals([accepted, rejectedByQuality, inInspection])
    return equalDecimals(sum, received)
      ? []
      : [atOrder(key, `${place}: ${received} was received, and ${sum} is accounted for`)]
  })
}

/** INV-7: no more is given back than was billed. */
export function creditedQuantities(world: World): readonly Breach[] {
  return eachSchedule(world, ({ key, schedule, place }) => {
    const { invoiced, credited } = schedule.quantities
    const net = subtractDecimals(invoiced, credited)
    return isNegativeDecimal(net)
      ? [atOrder(key, `${place}: ${credited} is credited of ${invoiced} billed`)]
      : []
  })
}

/** INV-23: promises stand in the order in which they were given, and the first request is never written over. */
export function promiseHistory(world: World): readonly Breach[] {
  const promises = eachSchedule(world, ({ key, schedule, place }) =>
    schedule.promises.flatMap((promise, index) => {
      const before = schedule.promises[index - 1]
      const isLater =
        before === undefined ||
        before.issuedAt < promise.issuedAt ||
        (before.issuedAt === promise.issuedAt && before.documentNumber <= promise.documentNumber)
      return isLater
        ? []
        : [atOrder(key, `${place}: promise ${promise.documentNumber} stands behind a later one`)]
    }),
  )
  const versions = Object.entries(world.orders).flatMap(([key, { facts }]) => {
    const numbers = facts.versions.map(({ version }) => version)
    const isAscending = numbers.every((number, index) => number > (numbers[index - 1] ?? 0))
    return isAscending ? [] : [atOrder(key, 'versions of the order are missing or out of turn')]
  })
  return [...promises, ...versions]
}

type LinePlace = {
  readonly key: string
  readonly order: OrderState
  readonly line: OrderLine
  readonly schedules: readonly ScheduleStanding[]
}

function eachLine(world: World, check: (place: LinePlace) => readonly Breach[]): readonly Breach[] {
  return Object.entries(world.orders).flatMap(([key, order]) =>
    order.standing.lines.flatMap(({ orderLineNumber, schedules }) => {
      const line = order.standing.order?.lines.find(
        (one) => one.orderLineNumber === orderLineNumber,
      )
      return line === undefined ? [] : check({ key, order, line, schedules })
    }),
  )
}

function eachSchedule(
  world: World,
  check: (
    place: LinePlace & { readonly schedule: ScheduleStanding; readonly place: string },
  ) => readonly Breach[],
): readonly Breach[] {
  return eachLine(world, (line) =>
    line.schedules.flatMap((schedule) =>
      check({
        ...line,
        schedule,
        place: `line ${line.line.orderLineNumber}/${schedule.scheduleNumber}`,
      }),
    ),
  )
}
