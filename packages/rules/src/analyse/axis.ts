import { type OrderedValues, valueBelow } from './ordered-values.ts'

/** A place of the facts as far as an analysis needs it. */
export type AxisPlace = {
  readonly fact: string
  readonly steps: readonly (string | number)[]
  readonly text: string
}

/**
 * One thing facts may differ in as far as rules can tell: the value of a place, whether a record is there,
 * whether a list holds a member, or how a comparison comes out that cannot be looked into. Its values fall
 * into cells between which no rule makes a difference. Cell 0 stands for "not there".
 */
export type Axis = {
  readonly key: string
  /** `values`: of one place; `presence`: of a record or list; `member`: of a list; `opaque`: not looked into. */
  readonly kind: 'values' | 'presence' | 'member' | 'opaque'
  /** Null for a comparison of two facts. */
  readonly place: AxisPlace | null
  /** The axis of what it lies in, as far as that may be missing; -1 for none. */
  readonly parent: number
  /** There whenever its parent is. */
  readonly isMandatory: boolean
  /** How many cells there are, cell 0 included. */
  readonly size: number
  /** Where the axis begins: 1 where it can never be missing. */
  readonly first: number
  readonly values: AxisValues
}

/** How the cells of an axis are made up, from cell 1 on. */
export type AxisValues =
  | { readonly kind: 'presence' }
  /** Cell 1: it is not so; cell 2: it is. */
  | { readonly kind: 'yes-or-no'; readonly member: unknown }
  | NamedValues
  | OrderedValues

/** A cell for each value named, then one for any other unless there is none, for texts one for each beginning named. */
export type NamedValues = {
  readonly kind: 'named'
  readonly values: readonly (string | boolean)[]
  readonly cellOf: ReadonlyMap<unknown, number>
  /** An example of each other cell: none of the beginnings named, then each of them and no longer one. */
  readonly others: readonly (string | boolean)[]
}

/** Named values and any other; `choices` are all there can be, null where any text can. */
export const namedValues = (
  constants: ReadonlySet<unknown>,
  choices: readonly (string | boolean)[] | null,
  prefixes: ReadonlySet<string> = new Set(),
): NamedValues => {
  const isChoice = (value: string | boolean) => choices === null || choices.includes(value)
  const values = [...constants]
    .filter((one) => typeof one === 'string' || typeof one === 'boolean')
    .filter(isChoice)
  const cellOf = new Map<unknown, number>(values.map((value, index) => [value, index + 1]))
  return { kind: 'named', values, cellOf, others: otherValues(cellOf, choices, prefixes) }
}

const otherValues = (
  named: ReadonlyMap<unknown, number>,
  choices: readonly (string | boolean)[] | null,
  prefixes: ReadonlySet<string>,
): readonly (string | boolean)[] => {
  if (choices !== null) return choices.filter((one) => !named.has(one)).slice(0, 1)
  let other = 'another'
  while (named.has(other)) other = `${other}-one`
  if (prefixes.size === 0) return [other]
  // A sign that stands in none of them, so that what it follows is not named and begins no longer one.
  const texts = [...named.keys(), ...prefixes].join('')
  let sign = 0x7e
  while (texts.includes(String.fromCharCode(sign))) sign += 1
  return ['', ...prefixes].map((prefix) => `${prefix}${String.fromCharCode(sign)}`)
}

/** How many cells an axis of these values has, cell 0 included. */
export const sizeOfValues = (values: AxisValues): number => {
  switch (values.kind) {
    case 'presence':
      return 2
    case 'yes-or-no':
      return 3
    case 'named':
      return values.values.length + values.others.length + 1
    case 'ordered':
      return values.codes.length + 1
  }
}

/** A value of a cell, as facts carry it. */
export const valueOfCell = ({ values }: Axis, cell: number): unknown => {
  switch (values.kind) {
    case 'presence':
    case 'yes-or-no':
      return undefined
    case 'named':
      return values.values[cell - 1] ?? values.others[cell - 1 - values.values.length] ?? null
    case 'ordered': {
      const code = values.codes[cell - 1] ?? 0
      return code % 2 === 1 ? values.points[code >> 1] : valueBelow(values, code >> 1)
    }
  }
}
