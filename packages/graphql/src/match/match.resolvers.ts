import type { CheckResult, MatchResult } from '@counterfoil/core'
import { connectList, type PageArguments } from '../paging/paging.ts'
import { listMax } from '../request/list-max.ts'
import type { ObjectResolvers } from '../request/resolver.ts'

/** Gives match results in pages. */
export const matchResolvers: ObjectResolvers = {
  MatchResult: {
    checks: ({ checks }: MatchResult, args: CheckArguments) => {
      const { within } = args
      const wanted =
        within === undefined || within === null
          ? checks
          : checks.filter((check) => check.within === within)
      return connectList(wanted, args, (check) => check)
    },
    allocations: ({ allocations }: MatchResult, args: PageArguments) =>
      connectList(allocations, args, (allocation) => allocation),
    remainders: ({ remainders = [] }: MatchResult) => remainders.slice(0, listMax),
    resolutions: ({ resolutions }: MatchResult) => resolutions.slice(0, listMax),
  },
  CheckResult: {
    policy: ({ policy }: CheckResult) => policy.slice(0, listMax),
  },
}

type CheckArguments = PageArguments & { readonly within?: boolean | null }
