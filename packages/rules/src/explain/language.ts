/**
 * How a comparison is said. `{place}` is the name of what is looked at, `{seen}` its value, `{value}` what it
 * is compared with, `{amount}` the number in the operator's name.
 */
export type ComparisonWords = {
  /** What is so where it holds, to stand after "because": "the kind is `short-receipt`". */
  readonly so: string
  /** What is so where it does not hold: "the kind is `short-receipt` and not `over-shipment`". */
  readonly notSo: string
  /** What is asked of the value: "at most 5 % is accepted". */
  readonly asked: string
  /** What is asked under a `not`: "at most 5 % is excluded". */
  readonly excluded: string
  /** How the one stands to the other, after decorators: "is at most 5 %". */
  readonly relation: string
}

/** The name of a place of the facts, and what its number counts. */
export type PlaceWords = string | { readonly name: string; readonly unit: 'percent' | 'days' }

/** How a value is written. */
export type ValueFormat = {
  readonly decimalSeparator: string
  /** `{value}` is the number. */
  readonly percent: string
  readonly days: string
  readonly day: string
  /** `{year}`, `{month}` and `{day}` of a calendar day. */
  readonly date: string
  /** `{value}` is a code, shown as it stands in the facts. */
  readonly text: string
  readonly yes: string
  readonly no: string
  /** A value compared with that stands at another place: `{value}` and the `{place}`. */
  readonly elsewhere: string
  /** Stands for a whole record. */
  readonly given: string
  readonly missing: string
  readonly emptyList: string
  /** Between the members of a list, and before the last. */
  readonly listComma: string
  readonly listAnd: string
  readonly listOr: string
}

/** The sentences around comparisons. */
export type SentenceWords = {
  /** One comparison: `{place}`, `{seen}`, `{asked}` and `{verdict}`. */
  readonly comparison: string
  readonly comparisonMissing: string
  readonly holds: string
  readonly holdsNot: string
  /** Clauses where nothing stands at the place: `{place}` and `{asked}`. */
  readonly missing: string
  /** Clauses with decorators: `{place}`, `{seen}` and `{relation}`. */
  readonly decorated: string
  readonly decoratedNot: string
  /** `{name}` of a condition and `{clauses}`. */
  readonly namedHolds: string
  readonly namedHoldsNot: string
  /** `{count}` ways of an `any`, none of which holds, and `{clauses}`. */
  readonly noneOf: string
  readonly clauseComma: string
  /** `{count}` clauses left out. */
  readonly more: string
  /** `{rule}`, `{because}` as the rule set says it, and `{clauses}`. */
  readonly decides: string
  readonly stoodBack: string
  readonly appliedNot: string
  readonly noAnswer: string
}

/** How near a limit a value was, and what would have changed the decision. */
export type ChangeWords = {
  /** `{place}`, `{seen}`, `{limit}`, `{distance}`. */
  readonly near: string
  readonly onLimit: string
  /** Changes of one place: `{place}`, `{value}`; `{until}` where it is good only so far. */
  readonly atMost: string
  readonly atLeast: string
  readonly below: string
  readonly above: string
  readonly exactly: string
  readonly downTo: string
  readonly upTo: string
  readonly downToAbove: string
  readonly upToBelow: string
  readonly dateAtMost: string
  readonly dateAtLeast: string
  readonly dateBelow: string
  readonly dateAbove: string
  readonly missing: string
  readonly given: string
  /** `{changes}` and what was `{seen}`. */
  readonly ruleFires: string
  readonly ruleFiresNot: string
  readonly otherAnswer: string
  readonly and: string
  /** Of a difference against a tolerance: `{difference}`, `{actual}`, `{percent}`. */
  readonly passedOver: string
  readonly passedUnder: string
  readonly passesOver: string
  readonly passesUnder: string
  readonly passesAlways: string
  readonly passedDaysLate: string
  readonly passedDaysEarly: string
}

/**
 * All words of one language. It is plain data: to add a language, copy `english`, translate every text and
 * keep the names in braces.
 */
export type Language = {
  /** BCP 47: `en`, `de`. */
  readonly tag: string
  /** `is-absent` stands for `is-present` compared with no. */
  readonly operators: Readonly<Record<string, ComparisonWords>>
  /** For an operator that has no words yet: `{operator}` is its name. */
  readonly unknownOperator: ComparisonWords
  /** Around what an operator says, outermost first: `{relation}`. */
  readonly decorators: Readonly<Record<string, string>>
  /** By place, `item.category`; a field of free names as `item.attributes.*`, with `{name}`. */
  readonly places: Readonly<Record<string, PlaceWords>>
  /** For a place that has no words yet: `{place}`. */
  readonly unknownPlace: string
  /** A member of a list: `{position}`, counted from one, and `{place}` of the list. */
  readonly member: string
  readonly values: ValueFormat
  readonly sentences: SentenceWords
  readonly changes: ChangeWords
}
