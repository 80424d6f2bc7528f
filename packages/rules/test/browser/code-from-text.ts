// What the policy of the page is there to refuse.
const outcomeOf = (attempt: () => unknown): string => {
  try {
    attempt()
    return 'ran'
  } catch (error) {
    return error instanceof Error ? error.name : String(error)
  }
}

Object.assign(globalThis, {
  outcomes: {
    // oxlint-disable-next-line no-eval -- shows that it is refused
    eval: outcomeOf(() => globalThis.eval('1')),
    Function: outcomeOf(() => Reflect.construct(Function, ['return 1'])),
  },
})
