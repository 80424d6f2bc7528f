import { type AuditEntry, hashOf, type PolicyReference } from '@counterfoil/core'
import { defaultsReference, type LoadedRuleSet, policyDefaults } from '@counterfoil/rules'

/** A rule set as it is hashed, and the reference decisions carry of it. */
export type RuleSetEvidence = { readonly reference: PolicyReference; readonly content: unknown }

/** What became of looking for the rule sets that decisions were taken under. */
export type FoundRuleSets = {
  readonly found: readonly RuleSetEvidence[]
  /** Those of which no exact copy is at hand. */
  readonly missing: readonly PolicyReference[]
}

/** The exact rule sets that audit entries name, and the ones they extend, among those at hand. */
export function ruleSetsOf(
  entries: readonly AuditEntry[],
  atHand: readonly LoadedRuleSet[],
): FoundRuleSets {
  const contents = new Map(
    atHand.flatMap((loaded) => {
      const content = contentOf(loaded, atHand)
      return hashOf(content) === loaded.reference.hash ? [[loaded.reference.hash, content]] : []
    }),
  )
  contents.set(defaultsReference.hash, policyDefaults)
  const wanted = new Map<string, PolicyReference>()
  const want = (reference: PolicyReference): void => {
    if (wanted.has(reference.hash)) return
    wanted.set(reference.hash, reference)
    const loaded = atHand.find((one) => one.reference.hash === reference.hash)
    const base = loaded === undefined ? undefined : baseOf(loaded, atHand)
    if (base !== undefined) want(base.reference)
  }
  for (const { policy } of entries) policy.forEach(want)
  const references = [...wanted.values()]
  return {
    found: references.flatMap((reference) => {
      const content = contents.get(reference.hash)
      return content === undefined ? [] : [{ reference, content }]
    }),
    missing: references.filter(({ hash }) => !contents.has(hash)),
  }
}

const baseOf = (
  { overrides }: LoadedRuleSet,
  atHand: readonly LoadedRuleSet[],
): LoadedRuleSet | undefined =>
  atHand.find(
    ({ reference: { ruleSet, version } }) => `${ruleSet}@${version}` === overrides.extends,
  )

/** What the hash of a rule set covers: what it decides, the hash of the set it extends, and that of its business days. */
function contentOf(loaded: LoadedRuleSet, atHand: readonly LoadedRuleSet[]): unknown {
  const { $schema: _schema, hash: _hash, cases: _cases, ...content } = loaded.ruleSet
  const base = baseOf(loaded, atHand)
  const { calendar } = loaded
  return {
    ...content,
    ...(base === undefined ? {} : { extendsHash: base.reference.hash }),
    ...(calendar === null ? {} : { businessDaysHash: hashOfBusinessDays(calendar) }),
  }
}

const hashOfBusinessDays = ({
  workingDays,
  holidays,
}: {
  readonly workingDays: readonly number[]
  readonly holidays: readonly string[]
}): string =>
  hashOf({
    workingDays: [...new Set(workingDays)].toSorted((a, b) => a - b),
    holidays: [...new Set(holidays)].toSorted(),
  })
