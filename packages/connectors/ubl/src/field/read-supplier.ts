import { cutText, quoted } from '../finding/cut-text.ts'
import type { SupplierSource } from '../ubl-settings.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find } from './find-element.ts'
import { note, type UblReading } from './ubl-reading.ts'

/** Where below SellerSupplierParty and its like each source stands. */
const places: Readonly<Record<SupplierSource, readonly (readonly string[])[]>> = {
  endpoint: [['Party', 'EndpointID']],
  'party-identification': [['Party', 'PartyIdentification', 'ID']],
  'customer-assigned': [['CustomerAssignedAccountID']],
  'legal-company': [['Party', 'PartyLegalEntity', 'CompanyID']],
  'tax-company': [['Party', 'PartyTaxScheme', 'CompanyID']],
  name: [
    ['Party', 'PartyName', 'Name'],
    ['Party', 'PartyLegalEntity', 'RegistrationName'],
  ],
}

/**
 * The supplier's number: the connection's, when it belongs to one supplier; else the buyer's number that the settings
 * give for any number the document names; else that number itself. Empty, with an error, where nobody is named.
 */
export const supplierOf = (reading: UblReading, parties: readonly string[]): string => {
  const { root, context, settings } = reading
  const named = parties
    .map((party) => find(root, party))
    .flatMap((party) => settings.supplierSources.flatMap((source) => numbersOf(party, source)))
  for (const element of named) reading.used.add(element)
  if (context.supplier !== undefined) return context.supplier
  const known = named
    .map((element) => knownNumber(reading, element))
    .find((one) => one !== undefined)
  if (known !== undefined) return known
  const [first] = named
  if (first === undefined) return noSupplier(reading, parties)
  note(reading, 'ubl-supplier-from-document', first, {
    severity: 'info',
    sentence: `the connection belongs to no supplier: ${quoted(first.text)}, as the document names it, is taken as the supplier's number`,
  })
  return cutText(first.text, supplierCharactersMax)
}

const supplierCharactersMax = 80

const numbersOf = (party: XmlElement | undefined, source: SupplierSource): readonly XmlElement[] =>
  places[source].flatMap((names) => {
    const found = find(party, ...names)
    return found === undefined || found.text === '' ? [] : [found]
  })

/** The buyer's number by `scheme:number`, else by the number alone. */
const knownNumber = (
  { settings: { suppliers } }: UblReading,
  { text, attributes }: XmlElement,
): string | undefined => {
  const scheme = attributes.get('schemeID')
  const keys = scheme === undefined ? [text] : [`${scheme}:${text}`, text]
  const key = keys.find((one) => Object.hasOwn(suppliers, one))
  return key === undefined ? undefined : suppliers[key]
}

const noSupplier = (reading: UblReading, parties: readonly string[]): string => {
  note(reading, 'ubl-supplier-missing', reading.root, {
    severity: 'error',
    sentence: `the document names no supplier: give the connection one, or ask for ${quoted(parties[0] ?? '')}`,
  })
  return ''
}
