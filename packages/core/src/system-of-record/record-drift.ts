import { compareInstants } from '../calendar/instant.ts'
import type { ExceptionCode } from '../exception/exception.ts'
import { hashOf } from '../hash/content-hash.ts'
import { joinKey } from '../identity/identity.ts'
import type { DriftFacts, OwnershipCheck, StandingDrift } from './drift.ts'

/**
 * Keeps what a comparison found: of one record and one system the latest comparison counts, and a difference that was known
 * already keeps its day. What was taken over is no difference any more.
 */
export function recordDrift(
  known: DriftFacts | undefined,
  check: OwnershipCheck | undefined,
): DriftFacts | undefined {
  if (check === undefined) return known
  const compared = joinKey([check.system ?? '', check.record, check.recordNumber])
  const before = known?.[compared]
  if (before !== undefined && compareInstants(before.asOf, check.asOf) > 0) return known
  const { [compared]: _, ...others } = known ?? {}
  const drift = check.drift.flatMap((one): readonly StandingDrift[] => {
    const { taken, ...field } = one
    if (taken) return []
    const same = before?.drift.find(
      ({ path, ours, theirs }) =>
        path === field.path && ours === field.ours && theirs === field.theirs,
    )
    const { system, recordNumber, contract, asOf } = check
    return [{ ...field, system, recordNumber, contract, since: same?.since ?? asOf }]
  })
  // Kept while it is empty too, so that an older comparison that comes late brings nothing back.
  return { ...others, [compared]: { asOf: check.asOf, drift } }
}

/** Every difference known, in the order of what was compared and then as found. */
export function standingDrift(known: DriftFacts | undefined): readonly StandingDrift[] {
  if (known === undefined) return []
  return Object.keys(known)
    .toSorted()
    .flatMap((compared) => known[compared]?.drift ?? [])
}

/** A case that the differences call for: one for each system and record, as one person looks at them together. */
export type WantedDriftCase = {
  readonly key: string
  readonly code: ExceptionCode
  readonly sentence: string
}

/** The cases of differences that the contract wants somebody to look at. */
export function driftCases(known: DriftFacts | undefined): readonly WantedDriftCase[] {
  if (known === undefined) return []
  return Object.keys(known)
    .toSorted()
    .flatMap((compared): readonly WantedDriftCase[] => {
      const drift = known[compared]?.drift.filter(({ policy }) => policy === 'exception') ?? []
      const [first] = drift
      if (first === undefined) return []
      const told = drift.map(({ path, ours, theirs }) => [path, ours, theirs])
      const { system, record, recordNumber } = first
      const fields = drift.map(sentenceOf).join('; ')
      return [
        {
          // Another difference is another case; the same one is opened once, however often it is said.
          key: `drift/${compared}/${hashOf(told).slice(0, 16)}`,
          code: 'SOR_CONFLICT',
          sentence:
            `${system ?? 'an unknown connection'} says otherwise of ${record} \`${recordNumber}\`: ${fields}`.slice(
              0,
              1000,
            ),
        },
      ]
    })
}

function sentenceOf({ path, ours, theirs, owner }: StandingDrift): string {
  return `\`${path}\` is ${valueText(ours)} here and ${valueText(theirs)} there (${owner} owns it)`
}

function valueText(value: string | null): string {
  return value === null ? 'nothing' : `\`${value}\``
}
