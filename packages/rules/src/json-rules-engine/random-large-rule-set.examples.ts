import { aRuleSet, aToleranceEvent, type ExampleJson } from '../rule-set/rule-set.examples.ts'
import { type Chance, oneOf, oneTimeIn, someOf } from './chance.examples.ts'
import {
  firstOf,
  guarded,
  type Kind,
  kindsOfValue,
  type Leaf,
  randomGroup,
} from './random-rule-set.examples.ts'

const [rulesMin, rulesMax] = [40, 100]

/** The most kinds of value all rules of a set are about: few, so that many rules ask about the same place. */
const kindsOfSet = 4

/** Kinds of which no index tells rules apart, so that they are tried one by one, however many they are. */
const triedOneByOne = kindsOfValue.filter(
  ({ isList, one }) => isList || one.includes('matches-pattern'),
)

/**
 * A rule set as large as a distributor's, in which the rules look at the same few places, so that an index
 * tells them apart; in one of four sets it cannot. Most rules ask two or three things outright, one in five is
 * as wild as those of a small set.
 */
export const randomLargeRuleSet = (chance: Chance): ExampleJson => {
  const kinds = oneTimeIn(chance, 4)
    ? fewKinds(chance, 1, triedOneByOne).map((kind) => at(kind, [oneOf(chance, kind.places)]))
    : fewKinds(chance, kindsOfSet, kindsOfValue).map((kind) =>
        at(kind, [oneOf(chance, kind.places), oneOf(chance, kind.places)]),
      )
  const rules = Array.from({ length: rulesMin + chance(rulesMax - rulesMin + 1) }, (_, index) => ({
    name: `rule-${index}`,
    priority: 1 + chance(3),
    conditions: oneTimeIn(chance, 5)
      ? randomGroup(chance, { kinds, depth: 2, isNegated: false, names: [], isNamed: true })
      : outright(chance, fewKinds(chance, 2 + chance(2), kinds)),
    event: aToleranceEvent(),
  }))
  return aRuleSet({ rules })
}

const at = (kind: Kind, places: Kind['places']): Kind => ({ ...kind, places })

const fewKinds = (chance: Chance, count: number, kinds: readonly Kind[]): readonly Kind[] => {
  const left = [...kinds]
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(chance(left.length), 1),
  ).flat()
}

const outright = (chance: Chance, kinds: readonly Kind[]): ExampleJson => ({
  all: kinds.map((kind) => guarded(plainLeaf(chance, kind), false)),
})

/** A comparison of one place with a constant, under no decorator: what an index can look up. */
const plainLeaf = (chance: Chance, { places, values, one, several, isList }: Kind): Leaf => {
  const place = oneOf(chance, places)
  if (isList) {
    const operator = oneOf(chance, ['contains', 'doesNotContain'])
    return { json: { ...place, operator, value: oneOf(chance, values) }, needs: [firstOf(place)] }
  }
  const isOfSeveral = several.length > 0 && oneTimeIn(chance, 3)
  const json = isOfSeveral
    ? { ...place, operator: oneOf(chance, several), value: someOf(chance, values) }
    : { ...place, operator: oneOf(chance, one), value: oneOf(chance, values) }
  return { json, needs: [place] }
}
