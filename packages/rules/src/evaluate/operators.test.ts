import { describe, expect, it } from 'vitest'
import { isOperatorName, operatorOf, operators, testOf } from './operators.ts'

describe('an operator', () => {
  it('goes by its name, one with a number in it by the name without', () => {
    for (const name of ['equal', 'decimal-above', 'within-percent', 'starts-with', 'is-present']) {
      expect(isOperatorName(name)).toBe(true)
    }
    // Names of no operator, some of which every object has.
    for (const name of ['equals', 'within-5-percent', '', 'toString', 'constructor', '__proto__']) {
      expect(isOperatorName(name)).toBe(false)
    }
    expect(operatorOf('equal')).toBe(operators.equal)
  })

  it('is asked through its decorators, with the number in its name', () => {
    const within = testOf({ operator: 'within-percent', amount: '5', decorators: [] })
    expect([within('105', '100'), within('105.01', '100')]).toEqual([true, false])
    const none = testOf({ operator: 'equal', amount: null, decorators: ['not', 'someFact'] })
    expect([none(['a', 'b'], 'a'), none(['b'], 'a'), none('a', 'a')]).toEqual([false, true, true])
  })
})
