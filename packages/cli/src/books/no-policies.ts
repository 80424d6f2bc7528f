import { CounterfoilError } from '@counterfoil/core'

/** The rules of a command that decides nothing. */
export const noPolicies = {
  pick: () => {
    throw new CounterfoilError(
      'RULE_SET_NOT_FOUND',
      'what was decided is looked at: no rule is asked',
    )
  },
}
