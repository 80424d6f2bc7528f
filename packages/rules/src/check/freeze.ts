/** Makes a value of plain JSON unchangeable all the way down, and returns it. */
export const freeze = <Value>(value: Value): Value => {
  // What is no object counts as frozen.
  if (Object.isFrozen(value)) return value
  for (const member of Object.values<unknown>(Object(value))) freeze(member)
  return Object.freeze(value)
}
