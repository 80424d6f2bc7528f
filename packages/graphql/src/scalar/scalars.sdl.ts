/** The scalars of the schema. */
export const scalarsSdl = `
"""
An exact decimal number as text, such as "12.40". Amounts, prices, quantities and percentages are never floating-point
numbers: keep it as text or read it with a decimal library.
"""
scalar Decimal

"""
A day without a time, YYYY-MM-DD.
"""
scalar CalendarDate

"""
A moment with its offset from UTC, RFC 3339: 2026-11-25T09:00:00Z.
"""
scalar Instant

"""
Any JSON value, as it is stored: the facts a rule saw, the data of an event.
"""
scalar Json
`
