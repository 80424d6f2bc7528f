/** Cuts a text so that it fits, on a whole character, with an ellipsis where something is missing. */
export const cutText = (text: string, charactersMax: number): string => {
  if (text.length <= charactersMax) return text
  const kept = text.slice(0, charactersMax - 1)
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`
}

/** A value from the document in backticks, cut to a readable length. */
export const quoted = (value: string): string => `\`${cutText(value, 60)}\``
