import { CounterfoilError, Finding, UnitOfMeasure } from '@counterfoil/core'
import * as z from 'zod'
import { AcknowledgmentAction, Decimal, DeliveryTolerance } from '@counterfoil/core'
import { segmentsMaxDefault } from './syntax/tokenise.ts'

/** Whose line numbers a partner sends back: those of the order, or its own. */
const LineNumbers = z.enum(['order', 'own'])

/** How a partner's X12 is read. Everything has a default; a partner profile changes what that partner does otherwise. */
export const X12Settings = z
  .strictObject({
    /** `strict` makes errors of wrong counts, wrong control numbers and missing envelopes, which `lenient` only reports. */
    strictness: z.enum(['lenient', 'strict']).default('lenient'),
    /** The severity of single rules by name, whatever the strictness: `{ "x12-segment-count": "error" }`. */
    severities: z.record(z.string(), Finding.shape.severity).default({}),
    /** Units the partner writes in its own way, before the standard's table: `{ "UM": "EA" }`. */
    units: z.record(z.string(), UnitOfMeasure).default({}),
    /** Charge codes by SAC02 (or SAC04), before the built-in bridge to UNCL 7161: `{ "D240": "FREIGHT" }`. */
    chargeCodes: z.record(z.string(), z.string().min(1).max(80)).default({}),
    /** Two-digit years from here on are 19xx, below it 20xx. */
    centuryPivot: z.int().min(0).max(99).default(70),
    /**
     * Release numbers of blanket orders (BEG04, BAK05, PRF02, BIG05): `joined` to the order's number with a hyphen,
     * each release being an order of its own; or `ignored`, which is said.
     */
    orderReleases: z.enum(['ignored', 'joined']).default('ignored'),
    /** The most segments of one delivery that are read. */
    segmentsMax: z.int().positive().default(segmentsMaxDefault),
    order: z
      .strictObject({
        /** What invoices are verified against, which X12 does not say. */
        matchTo: z.enum(['order', 'receipt']).default('order'),
        /** How much more or less may come, which X12 does not say; not checked unless set. */
        deliveryTolerance: DeliveryTolerance.default({
          overPercent: null,
          underPercent: null,
          overUnlimited: false,
        }),
      })
      .prefault({}),
    acknowledgment: z
      .strictObject({
        /** What ACK01 means for this partner, before the standard: `{ "AC": "accept" }`. */
        statusCodes: z.record(z.string(), AcknowledgmentAction).default({}),
        /** Which part ACK02 counts at ACK01 = BP, accepted in part with the balance backordered. */
        partialShipQuantity: z.enum(['accepted', 'backordered']).default('accepted'),
        /** What silence about a line means, whatever BAK02 says. */
        unlistedLines: z.enum(['accepted', 'rejected', 'unanswered']).optional(),
        lineNumbers: LineNumbers.default('order'),
      })
      .prefault({}),
    shipNotice: z.strictObject({ lineNumbers: LineNumbers.default('order') }).prefault({}),
    invoice: z
      .strictObject({
        lineNumbers: LineNumbers.default('order'),
        /**
         * A line of the other sign than its invoice: `allowance` takes its amount off the total and says so;
         * `refuse` quarantines the invoice.
         */
        negativeLines: z.enum(['allowance', 'refuse']).default('allowance'),
        /** How far lines, charges and taxes may miss the total before somebody is told. */
        balanceTolerance: Decimal.default(Decimal.parse('0.05')),
      })
      .prefault({}),
  })
  .readonly()
export type X12Settings = z.infer<typeof X12Settings>

/** Settings as they are written: whatever is left out takes its default. */
export type X12SettingsInput = z.input<typeof X12Settings>

/** Fills in the defaults. Throws `SETTINGS_INVALID` with the first wrong place. */
export const readX12Settings = (settings: X12SettingsInput): X12Settings => {
  const parsed = X12Settings.safeParse(settings)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.join('.') ?? ''
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot use the X12 settings at \`${place}\`: ${issue?.message ?? 'not as described'}`,
    { details: { place } },
  )
}

/** Rules about the envelope: harmless to a reader, but a sign that something was lost on the way. */
const envelopeRules: ReadonlySet<string> = new Set([
  'x12-bare-set',
  'x12-control-number',
  'x12-control-number-twice',
  'x12-group-count',
  'x12-group-header-missing',
  'x12-group-trailer-missing',
  'x12-group-type',
  'x12-interchange-trailer-missing',
  'x12-isa-width',
  'x12-segment-count',
  'x12-segment-stray',
  'x12-segment-unknown',
  'x12-set-count',
])

/** The severity that the settings give a rule: set by name, else raised by `strict`, else the rule's own. */
export const severityOf =
  (settings: X12Settings) =>
  (rule: string, severity: Finding['severity']): Finding['severity'] => {
    const own = Object.hasOwn(settings.severities, rule) ? settings.severities[rule] : undefined
    if (own !== undefined) return own
    return settings.strictness === 'strict' && envelopeRules.has(rule) ? 'error' : severity
  }
