import * as z from 'zod'
import { CounterfoilError } from '../errors/counterfoil-error.ts'

// ISO 4217 list one of 25 June 2024 with the amendments up to 1 January 2026 (XCG). Codes without
// minor units are left out (XAU, XDR, XXX and their like): nobody invoices in them. ANG, BGN and CUC
// ended in 2025 and stay, because orders and invoices in them are still open or kept.
const codesByMinorUnits: readonly (readonly [minorUnits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN ' +
      'BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP ' +
      'GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK ' +
      'LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK ' +
      'NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP ' +
      'STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ' +
      'ZAR ZMW ZWG',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
]

const minorUnits: ReadonlyMap<string, number> = new Map(
  codesByMinorUnits.flatMap(([digits, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, digits]),
  ),
)

/** Every currency code accepted, in alphabetical order. */
export const currencyCodes: readonly string[] = [...minorUnits.keys()].toSorted()

/** A currency as an ISO 4217 code in capitals: `EUR`. X12 100, EDIFACT 6345, UBL currencyID. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'not a currency: write an ISO 4217 code in capitals, as in EUR')
  .refine((code) => minorUnits.has(code), 'not an active ISO 4217 currency')
  .brand<'Currency'>()
export type Currency = z.infer<typeof Currency>

/** True for an active ISO 4217 code in capitals. */
export const isCurrency = (code: string): code is Currency => minorUnits.has(code)

/** Makes a `Currency` of text. Throws `CURRENCY_UNKNOWN`. */
export const currency = (code: string): Currency => {
  if (isCurrency(code)) return code
  throw currencyUnknown(code)
}

/** How many decimal places amounts in a currency have: 2 for EUR, 0 for JPY, 3 for BHD. Throws `CURRENCY_UNKNOWN`. */
export const minorUnitsOf = (code: Currency): number => {
  const digits = minorUnits.get(code)
  if (digits !== undefined) return digits
  throw currencyUnknown(code)
}

const currencyUnknown = (code: string): CounterfoilError =>
  new CounterfoilError(
    'CURRENCY_UNKNOWN',
    `cannot find the currency \`${code.slice(0, 20)}\`: use an active ISO 4217 code in capitals`,
    { details: { currency: code.slice(0, 20) } },
  )
