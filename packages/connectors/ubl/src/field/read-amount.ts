import { type Currency, type Decimal, isCurrency } from '@counterfoil/core'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find } from './find-element.ts'
import { decimalOf } from './read-decimal.ts'
import { textOf } from './read-text.ts'
import { note, type UblReading } from './ubl-reading.ts'

/**
 * The currency of the document: DocumentCurrencyCode, else the connection's, else the one its first amount names.
 * Null, with an error, where there is none or it is no currency in use.
 */
export const documentCurrency = (reading: UblReading): Currency | null => {
  const { root, context } = reading
  const element = find(root, 'DocumentCurrencyCode')
  const stated = textOf(reading, element)?.toUpperCase()
  const code = stated ?? context.currency ?? firstCurrency(root)
  if (code === undefined || !isCurrency(code)) return noCurrency(reading, element, code)
  if (stated === undefined) {
    note(reading, 'ubl-currency-missing', root, {
      severity: 'warning',
      sentence: `the document names no DocumentCurrencyCode and is taken in ${quoted(code)}: ask the sender to state it`,
    })
  }
  return code
}

const noCurrency = (
  reading: UblReading,
  element: XmlElement | undefined,
  code: string | undefined,
): null => {
  note(reading, 'ubl-currency-unknown', element ?? reading.root, {
    severity: 'error',
    sentence:
      code === undefined
        ? 'the document names no currency: ask for DocumentCurrencyCode, or give the connection a currency'
        : `${quoted(code)} is no currency in use: ask for an ISO 4217 code such as EUR`,
  })
  return null
}

const firstCurrency = (element: XmlElement): string | undefined => {
  const own = element.attributes.get('currencyID')
  if (own !== undefined && own !== '') return own.trim().toUpperCase()
  for (const child of element.children) {
    const found = firstCurrency(child)
    if (found !== undefined) return found
  }
  return undefined
}

/** An element's amount in the document's currency; an amount in another one is an error, since money is never mixed. */
export const amountOf = (
  reading: UblReading,
  element: XmlElement | undefined,
  currency: Currency | null,
): Decimal | undefined => {
  const amount = decimalOf(reading, element)
  if (element === undefined || amount === undefined) return undefined
  const own = element.attributes.get('currencyID')?.trim().toUpperCase()
  if (own === undefined || own === '' || currency === null || own === currency) return amount
  note(reading, 'ubl-currency-differs', element, {
    severity: 'error',
    sentence: `the amount is in ${quoted(own)} and the document in ${quoted(currency)}: ask for one currency`,
  })
  return undefined
}

/** The amount at the end of a way down. */
export const amountAt = (
  reading: UblReading,
  element: XmlElement | undefined,
  names: readonly string[],
  currency: Currency | null,
): Decimal | undefined => amountOf(reading, find(element, ...names), currency)
