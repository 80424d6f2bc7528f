import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  instant,
  Invoice,
  invoiceKey,
  type MatchResult,
  matchInvoice,
  PurchaseOrder,
  Receipt,
  viewOrder,
} from '@counterfoil/core'
import { createPolicySource, type LoadedRuleSet } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

const readyMade = dirname(
  fileURLToPath(import.meta.resolve('@counterfoil/rules/rulesets/released.json')),
)
const own = fileURLToPath(new URL('../rulesets/', import.meta.url))

/** The rules every unit shares. */
export const common: readonly LoadedRuleSet[] = loadRuleSetFolder(readyMade).filter(({ ruleSet }) =>
  ['canonical-matching', 'canonical-tolerance', 'canonical-routing'].includes(ruleSet.id),
)

/** What single units do differently. */
export const variants: readonly LoadedRuleSet[] = loadRuleSetFolder(own, { bases: common })

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../documents/${name}.json`, import.meta.url), 'utf8'))
const order = PurchaseOrder.parse(read('order'))
const receipts = [Receipt.parse(read('receipt'))]
const invoice = Invoice.parse(read('invoice'))

/** Decides the same invoice as a business unit does, under rules that may hold variants of it. */
export const decideIn = (businessUnit: string, ruleSets: readonly LoadedRuleSet[]): MatchResult =>
  matchInvoice({
    invoice,
    invoiceKey: invoiceKey(invoice),
    attempt: 1,
    orders: [viewOrder({ order, receipts })],
    register: [],
    policy: createPolicySource(ruleSets).pick(
      { tenant: invoice.tenant, businessUnit },
      invoice.invoiceDate,
    ),
    now: instant('2026-11-22T08:00:00Z'),
  })

/** What a variant changes in the rules it builds on: a local habit that nobody can forget. */
export const overridesOf = ({ reference, ruleSet, overrides }: LoadedRuleSet): string => {
  const { replaced, added, switchedOff, inherited } = overrides
  const changes = [
    `replaces ${replaced.join(', ') || 'nothing'}`,
    `adds ${added.join(', ') || 'nothing'}`,
    `switches off ${switchedOff.join(', ') || 'nothing'}`,
    `keeps ${inherited.length} rules as they are`,
  ]
  return `${reference.ruleSet}@${reference.version} of ${ruleSet.owner}, on ${overrides.extends ?? ''}: ${changes.join('; ')}`
}

/** The decision on the price, the rule behind it, and the set and version it stands in. */
export const toldOf = ({ decision, checks }: MatchResult): string => {
  const price = checks.find(({ name }) => name === 'price')
  const policy = price?.policy.at(-1)
  const by = `${policy?.reference.ruleSet ?? ''}@${policy?.reference.version ?? ''}`
  return `${decision}: ${price?.sentence ?? ''} (rule \`${policy?.firedRules[0] ?? ''}\` of ${by}: ${policy?.because[0] ?? ''})`
}
