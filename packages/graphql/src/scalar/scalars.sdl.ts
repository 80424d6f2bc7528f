/** What each scalar is, for the schema's text and for the scalar itself. */
export const scalarDescriptions = {
  Decimal:
    'An exact decimal number as text, such as "12.40". Amounts, prices, quantities and percentages are never floating-point numbers: keep it as text or read it with a decimal library.',
  CalendarDate: 'A day without a time, YYYY-MM-DD.',
  Instant: 'A moment with its offset from UTC, RFC 3339: 2026-11-25T09:00:00Z.',
  Json: 'Any JSON value, as it is stored: the facts a rule saw, the data of an event.',
} as const

/** The scalars of the schema. */
export const scalarsSdl: string = Object.entries(scalarDescriptions)
  .map(([name, description]) => `\n"""\n${description}\n"""\nscalar ${name}\n`)
  .join('')
