import { auditSdl } from './audit/audit.sdl.ts'
import { deadLetterEnums, deadLetterSdl } from './dead-letter/dead-letter.sdl.ts'
import { discrepancyEnums, discrepancySdl } from './discrepancy/discrepancy.sdl.ts'
import { disputeEnums, disputeSdl } from './dispute/dispute.sdl.ts'
import { exceptionCommandsSdl } from './exception/exception-commands.sdl.ts'
import { exceptionEnums, exceptionSdl } from './exception/exception.sdl.ts'
import { holdCommandsSdl } from './hold/hold-commands.sdl.ts'
import { holdEnums, holdSdl } from './hold/hold.sdl.ts'
import {
  invoiceCommandEnums,
  invoiceCommandsSdl,
} from './invoice-lifecycle/invoice-commands.sdl.ts'
import { invoiceEnums, invoiceSdl } from './invoice-lifecycle/invoice.sdl.ts'
import { invoiceDocumentSdl } from './invoice/invoice-document.sdl.ts'
import { itemSdl } from './item/item.sdl.ts'
import { matchEnums, matchSdl } from './match/match.sdl.ts'
import { metricsEnums, metricsSdl } from './metrics/metrics.sdl.ts'
import { actorEnums, actorSdl } from './message/actor.sdl.ts'
import { moneySdl } from './money/money.sdl.ts'
import { nodeSdl } from './node/node.sdl.ts'
import { orderChangeEnums, orderChangeSdl } from './order-change/order-change.sdl.ts'
import { orderCommandsSdl } from './order-lifecycle/order-commands.sdl.ts'
import { orderEnums } from './order-lifecycle/order-enums.ts'
import { orderSdl } from './order-lifecycle/order.sdl.ts'
import { scheduleSdl } from './order-lifecycle/schedule.sdl.ts'
import { pagingSdl } from './paging/connection.sdl.ts'
import { policyEnums, policySdl } from './policy/policy.sdl.ts'
import { purchaseOrderEnums, purchaseOrderSdl } from './purchase-order/purchase-order.sdl.ts'
import { quarantineEnums, quarantineSdl } from './quarantine/quarantine.sdl.ts'
import { repairCommandsSdl } from './quarantine/repair-commands.sdl.ts'
import { querySdl } from './query.sdl.ts'
import { refusalSdl } from './refusal/refusal.sdl.ts'
import { scalarsSdl } from './scalar/scalars.sdl.ts'
import { shipmentEnums, shipmentSdl } from './shipment-lifecycle/shipment.sdl.ts'
import { countSdl } from './timeline/count.sdl.ts'
import { timelineSdl } from './timeline/timeline.sdl.ts'

/** Every enum of the schema. */
export const definedEnums = [
  ...actorEnums,
  ...policyEnums,
  ...discrepancyEnums,
  ...purchaseOrderEnums,
  ...orderEnums,
  ...orderChangeEnums,
  ...shipmentEnums,
  ...invoiceEnums,
  ...invoiceCommandEnums,
  ...matchEnums,
  ...holdEnums,
  ...exceptionEnums,
  ...disputeEnums,
  ...quarantineEnums,
  ...deadLetterEnums,
  ...metricsEnums,
]

/** The whole schema as text, in GraphQL's schema language. For hosts that merge it with types of their own. */
export const typeDefs: string = [
  querySdl,
  exceptionCommandsSdl,
  holdCommandsSdl,
  orderCommandsSdl,
  invoiceCommandsSdl,
  repairCommandsSdl,
  refusalSdl,
  scalarsSdl,
  nodeSdl,
  pagingSdl,
  countSdl,
  moneySdl,
  itemSdl,
  actorSdl,
  policySdl,
  discrepancySdl,
  purchaseOrderSdl,
  orderSdl,
  scheduleSdl,
  orderChangeSdl,
  shipmentSdl,
  invoiceDocumentSdl,
  invoiceSdl,
  matchSdl,
  holdSdl,
  exceptionSdl,
  disputeSdl,
  timelineSdl,
  auditSdl,
  quarantineSdl,
  deadLetterSdl,
  metricsSdl,
  ...definedEnums.map(({ sdl }) => sdl),
].join('')
