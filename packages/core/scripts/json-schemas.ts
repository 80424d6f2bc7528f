import * as core from '@counterfoil/core'
import * as masters from '@counterfoil/core/masters'
import * as systemOfRecord from '@counterfoil/core/system-of-record'
import * as z from 'zod'

const exported = { ...core, ...systemOfRecord, ...masters }

/** Every object that has a JSON Schema of its own, with what it is, for people who meet the file first. */
const described = {
  // values
  Decimal: 'An exact decimal number, written as text',
  Percent: 'A percentage, written as text: 5 means 5 %',
  UnitOfMeasure: 'A unit of measure by its UN/ECE Recommendation 20 code',
  UnitAlias: 'What a partner calls a unit of measure',
  UnitConversion: 'How many of one unit another holds, of an item, for a time',
  Quantity: 'A quantity with its unit of measure',
  CatchQuantity: 'A quantity counted in one unit and priced in another',
  Money: 'An amount with its currency',
  UnitPrice: 'A price for a quantity: 12.40 per 100 pieces',
  Limit: 'How much is accepted: null is not checked, 0 is checked against zero',
  Tolerance: 'How far a value may differ',
  DateWindow: 'The days on which a delivery is on time',
  BusinessCalendar: 'When a dock, a supplier or an office works',
  Actor: 'Who or what did something',
  Reason: 'Why somebody decided as they did',
  DocumentReference: 'A record in the system that owns it',
  PolicyReference: 'The exact rule-set version a decision was taken under',
  // partners, places and articles
  Party: 'A trading partner or its agent',
  Location: 'A place goods go to or come from',
  Item: 'What the item master says about an article',
  // documents
  PurchaseOrder: 'A purchase order',
  OrderLine: 'One article, charge or service ordered',
  OrderSchedule: 'How much of an order line is wanted when and where',
  Acknowledgment: "The supplier's answer to an order",
  ChangeRequest: 'A wish to change an order',
  ShipNotice: 'Notice of goods on their way',
  Milestone: 'A step of a shipment on its way',
  Receipt: 'Goods counted, taken back or sent back',
  Inspection: 'What quality control decided',
  Invoice: 'An invoice, credit memo or correction',
  PurchaseAgreement: 'What buyer and supplier agreed on for a time',
  TradeDocument: 'Any canonical document, told apart by its kind',
  // decisions and cases
  Discrepancy: 'A measured difference between two documents',
  MatchResult: 'Everything one matching attempt found',
  Hold: 'What stops a payment or a posting',
  ExceptionCase: 'A case opened for a person',
  Dispute: 'The talk with a supplier about a difference',
  Approval: 'A decision somebody with authority must take',
  Task: 'One thing a person has to do',
  Recommendation: 'What a model advises',
  AuditEntry: 'An audit record in the hash chain of its aggregate',
  // what is told and asked
  Message: 'Something told to an order, a shipment, an invoice or an agreement',
  DomainEvent: 'What was decided and is stored for ever',
  Intent: 'What the world must be told or asked',
  // who owns what, and master data
  SystemOfRecordContract: 'Which system owns which field, from a day on',
  OwnershipCheck: 'What a system said, held against what stands here',
  MasterFile: 'Master data of one buyer, every row for a time',
  MasterCheck: 'A document held against the master data of its day',
} as const satisfies Readonly<Partial<Record<keyof typeof exported, string>>>

/** Every JSON Schema of the package: file name and text. */
export const jsonSchemas = (): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(described).map(([name, title]) => {
      const schema: z.ZodType = Reflect.get(exported, name)
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', reused: 'ref' })
      return [
        `${fileNameOf(name)}.json`,
        `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`,
      ]
    }),
  )

const fileNameOf = (name: string): string =>
  name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
