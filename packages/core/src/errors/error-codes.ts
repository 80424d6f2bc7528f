/**
 * Every error code with the fact it states. A code is a promise to those who catch it: removing or
 * renaming one is a breaking change.
 */
export const errorCodes = {
  AGGREGATE_NOT_FOUND: 'no order, invoice or shipment is stored under that key',
  ALLOCATION_IMPOSSIBLE: 'an amount cannot be split over the weights given',
  AUDIT_CHAIN_BROKEN: 'an audit entry does not follow from the one before it',
  CALENDAR_INVALID: 'a date, a time of day or a business calendar is not usable',
  COMMAND_INVALID: 'a command does not have the fields it needs',
  CONNECTOR_NOT_CAPABLE: 'the connected system does not offer that document or action',
  CONNECTOR_REPLY_INVALID: 'the connected system answered with something unreadable',
  CONNECTOR_UNAVAILABLE: 'the connected system could not be reached',
  CURRENCY_MISMATCH: 'amounts in different currencies were to be added or compared',
  CURRENCY_UNKNOWN: 'the currency is not an active ISO 4217 code',
  DECIMAL_INVALID: 'a text or number is not a decimal',
  DIVISION_BY_ZERO: 'a division by zero was asked for',
  DOCUMENT_INVALID: 'a document does not have the fields it needs',
  FACT_UNAVAILABLE: 'a fact that rules look at was not fetched',
  INVARIANT_BROKEN: 'something that must always hold does not',
  LIMIT_EXCEEDED: 'a named limit was passed',
  RULE_SET_INVALID: 'a rule set cannot be loaded as written',
  RULE_SET_NOT_FOUND: 'no rule set applies to that scope and date',
  RUNTIME_CLOSED: 'the runtime was closed before the call',
  SETTINGS_INVALID: 'the settings of a reader or a connector are not usable',
  STATE_NOT_TAKEN:
    'a stored state was made by a lifecycle that is not known here or cannot be taken over',
  STORE_CONFLICT: 'the store refused a write that another write overtook',
  STORE_UNAVAILABLE: 'the store could not be reached',
  TIME_ZONE_UNKNOWN: 'the time zone is not an IANA name',
  UNIT_NOT_CONVERTIBLE: 'there is no recorded way from one unit of measure to another',
  VERSION_CONFLICT: 'the caller saw an older version than the one stored',
} as const satisfies Readonly<Record<string, string>>

/** The code of a `CounterfoilError`: what went wrong, as a fact that programs can branch on. */
export type ErrorCode = keyof typeof errorCodes
