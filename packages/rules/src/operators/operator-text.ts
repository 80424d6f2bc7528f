import type { CheckedComparison } from '../evaluate/checked-rule.ts'
import { isOperatorName, operatorOf, type OperatorName, operators } from '../evaluate/operators.ts'
import { type DecoratorName, decoratorNames, isDecoratorName } from './decorators.ts'
import type { OperatorAmount } from './operator.ts'

/** An operator as a rule writes it, taken apart. */
export type WrittenOperator = Pick<CheckedComparison, 'operator' | 'decorators' | 'amount'>

/** The most decorators before one operator. */
export const decoratorsMax = 4

const operatorLengthMax = 120

const names = Object.keys(operators).filter(isOperatorName)
const amountNames = names.filter((name) => operatorOf(name).amount !== null)

/** What may stand after the decorators: a name, or with a number in it an example of one. */
export const operatorExamples: readonly string[] = names.map(
  (name) => operatorOf(name).amount?.example ?? name,
)

const amountPatterns = {
  decimal: '(?:0|[1-9]\\d{0,39})(?:\\.\\d{1,39})?',
  whole: '(?:0|[1-9]\\d{0,3})',
} as const

const operatorPattern = names
  .map((name) => {
    const { amount } = operatorOf(name)
    return amount === null ? name : `${amount.before}${amountPatterns[amount.is]}${amount.after}`
  })
  .join('|')

/** How an operator may be written, decorators and numbers included, for an editor. */
export const operatorTextPattern: RegExp = new RegExp(
  `^(?:(?:${decoratorNames.join('|')}):){0,${decoratorsMax}}(?:${operatorPattern})$`,
)

/** Reads an operator as a rule writes it; what is wrong with it, as a sentence, where it is none. */
export const readOperator = (text: string): WrittenOperator | string => {
  const parts = text.length > operatorLengthMax ? [] : text.split(':')
  const decorators = parts.slice(0, -1)
  const unknown = decorators.find((one) => !isDecoratorName(one))
  if (unknown !== undefined) {
    return `no decorator \`${unknown}\`: use one of ${quotedList(decoratorNames)}`
  }
  const known = decorators.filter(isDecoratorName)
  return complaintAboutDecorators(known) ?? readName(parts.at(-1) ?? '', known)
}

const complaintAboutDecorators = (decorators: readonly DecoratorName[]): string | null => {
  if (decorators.length > decoratorsMax) {
    return `more than ${decoratorsMax} decorators: write the condition with \`all\`, \`any\` and \`not\``
  }
  const twice = decorators.find(
    (one, index) => (one === 'not' || one === 'swap') && one === decorators[index + 1],
  )
  return twice === undefined ? null : `\`${twice}:${twice}:\` undoes itself: leave both out`
}

const readName = (name: string, decorators: readonly DecoratorName[]): WrittenOperator | string => {
  if (isOperatorName(name) && operatorOf(name).amount === null) {
    return { operator: name, decorators, amount: null }
  }
  for (const operator of amountNames) {
    const { amount } = operatorOf(operator)
    if (amount === null) continue
    const written = name === operator ? '' : amountIn(name, amount)
    if (written === null) continue
    const complaint = complaintAboutAmount(written, amount)
    return complaint ?? { operator, decorators, amount: written }
  }
  return `no operator \`${JSON.stringify(name.slice(0, 60))}\`: use one of ${quotedList(operatorExamples)}`
}

const amountIn = (name: string, { before, after }: OperatorAmount): string | null =>
  name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after)
    ? name.slice(before.length, name.length - after.length)
    : null

const complaintAboutAmount = (written: string, { is, example }: OperatorAmount): string | null => {
  const pattern = new RegExp(`^${amountPatterns[is]}$`)
  const digits = written.replace('.', '').length
  if (pattern.test(written) && digits <= 40) return null
  const wanted =
    is === 'whole'
      ? 'a whole number up to 9999, without a sign'
      : 'a number of at most 40 digits, without a sign'
  return `\`${written.slice(0, 60)}\` is not ${wanted}: write it as in \`${example}\``
}

/** An operator as a rule writes it. */
export const writeOperator = ({ operator, decorators, amount }: WrittenOperator): string => {
  const around = operatorOf(operator).amount
  const name = around === null ? operator : `${around.before}${amount ?? ''}${around.after}`
  return [...decorators, name].join(':')
}

/** The operator without its decorators, as it is written. */
export const writeOperatorName = (written: WrittenOperator): string =>
  writeOperator({ ...written, decorators: [] })

const quotedList = (texts: readonly string[]): string =>
  texts.map((text) => `\`${text}\``).join(', ')

/** The names of the operators that compare facts of a kind, as they are written. */
export const operatorExamplesOn = (kind: string): readonly string[] =>
  names
    .filter((name: OperatorName) => operatorOf(name).on.some((one) => one === kind))
    .map((name) => operatorOf(name).amount?.example ?? name)
