import { CounterfoilError, sha256Hex } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import {
  aContext,
  aDocument,
  anInvoiceLine,
  findingsOf,
  orderReference,
  readOne,
  rulesOf,
  someTotals,
} from './ubl.examples.ts'
import { createUblReader } from './ubl-reader.ts'

const anInvoice = aDocument('Invoice', `${orderReference}${someTotals('50.00')}${anInvoiceLine()}`)

const only = (text: string, settings = {}) => {
  const read = readOne(text, settings)
  expect(read.document).toBeNull()
  const [finding] = read.findings.filter(({ severity }) => severity === 'error')
  return finding
}

describe('what is recognised', () => {
  const { recognises } = createUblReader()

  it.each([
    ['a UBL document', anInvoice],
    ['one behind a byte-order mark', `\uFEFF<?xml version="1.0"?>${anInvoice}`],
    ['one with a comment in front', `<!-- <html> -->\n${anInvoice}`],
    ['XML nobody knows, to say what is expected of it', '<Rechnung/>'],
    ['broken XML, to say where it is broken', '<Invoice'],
  ])('takes %s', (_, text) => {
    expect(recognises(text)).toBe(true)
  })

  it.each([
    ['JSON', '{"kind":"invoice"}'],
    ['X12', 'ISA*00*'],
    ['nothing', ''],
    ['cXML', '<?xml version="1.0"?><!DOCTYPE cXML SYSTEM "x"><cXML/>'],
    ['a Cross Industry Invoice', '<rsm:CrossIndustryInvoice xmlns:rsm="x"/>'],
    ['a web page', '<!DOCTYPE html><html></html>'],
  ])('leaves %s to others', (_, text) => {
    expect(recognises(text)).toBe(false)
  })
})

describe('a delivery that cannot be read', () => {
  it.each([
    ['an end that does not fit', '<a>\n  <b></a>', 'xml-syntax', 2],
    ['a text that stops in the middle', '<a>\n<b>', 'xml-syntax', 2],
    ['an attribute written twice', '<a b="1" b="2"/>', 'xml-syntax', 1],
    ['an undeclared prefix', '<a>\n<x:b/></a>', 'xml-syntax', 2],
    ['an entity that XML does not have', '<a>&nbsp;</a>', 'xml-syntax', 1],
    ['a NUL in the text', '<a>\u0000</a>', 'xml-syntax', 1],
    ['no XML at all', 'Dear Sir', 'xml-syntax', 1],
    ['nothing', '', 'xml-syntax', 1],
    ['another vocabulary', '<Rechnung xmlns="urn:x"/>', 'ubl-not-a-document', 1],
    ['no namespace', '\n<Invoice><ID>1</ID></Invoice>', 'ubl-not-a-document', 2],
    [
      'UBL 1',
      '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-1.0"/>',
      'ubl-not-a-document',
      1,
    ],
  ])('%s is one finding with its line', (_, text, rule, line) => {
    const finding = only(text)
    expect(finding).toMatchObject({ rule, severity: 'error', position: { line } })
    expect(finding?.sentence).toMatch(/: .+/)
  })

  it.each([
    ['a document type', '<!DOCTYPE Invoice>\n<Invoice/>'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['a file from outside', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    [
      'entities inside entities',
      `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(100)}"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>`,
    ],
  ])('%s is refused before it is used', (_, text) => {
    const finding = only(text)
    expect(finding).toMatchObject({ rule: 'xml-doctype', position: { line: 1, column: 1 } })
    expect(finding?.sentence).toContain('without `<!DOCTYPE`')
  })

  it.each([
    ['too deep', 'xml-too-deep', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`, {}],
    ['too large', 'xml-too-large', anInvoice, { charactersMax: 100 }],
    ['too many elements', 'xml-too-many-elements', anInvoice, { elementsMax: 5 }],
    ['too many attributes', 'xml-too-many-attributes', anInvoice, { attributesMax: 1 }],
    ['too long a text', 'xml-text-too-long', '<a>aaaaaaaaaaaa</a>', { textCharactersMax: 10 }],
    [
      'too long an attribute',
      'xml-text-too-long',
      '<a b="aaaaaaaaaaaa"/>',
      { textCharactersMax: 10 },
    ],
  ])('%s is refused at its limit', (_, rule, text, limits) => {
    expect(only(text, { limits })?.rule).toBe(rule)
  })

  it('keeps the text and a key, so that it can be set aside and sent again', () => {
    const read = readOne('<a>')
    expect(read.raw).toBe('<a>')
    expect(read.deliveryKey).toBe(`peppol/${sha256Hex('<a>')}`)
  })

  it('stays an error whatever the settings say of the rule', () => {
    expect(only('<a>', { severities: { 'xml-syntax': 'info' } })?.rule).toBe('xml-syntax')
  })
})

describe('a document that cannot be used is set aside before anything is told of it (R-50)', () => {
  it('of another kind names what is read', () => {
    const finding = only(aDocument('Catalogue', ''))
    expect(finding?.rule).toBe('ubl-document-unsupported')
    expect(finding?.sentence).toContain('`DespatchAdvice`')
  })

  it.each([
    ['a number', anInvoice.replace('<x:ID>D-1</x:ID>', ''), 'ubl-field-missing', '/Invoice'],
    [
      'a date',
      anInvoice.replace('2026-11-02', '2026-02-30'),
      'ubl-issue-date-missing',
      '/Invoice/IssueDate',
    ],
    [
      'a supplier',
      anInvoice.replace(/<x:AccountingSupplierParty>.*<\/x:AccountingSupplierParty>/, ''),
      'ubl-supplier-missing',
      '/Invoice',
    ],
    [
      'a known currency',
      anInvoice.replace('>EUR<', '>XXQ<').replaceAll('currencyID="EUR"', ''),
      'ubl-currency-unknown',
      '/Invoice/DocumentCurrencyCode',
    ],
    [
      'one currency',
      anInvoice.replace('PriceAmount currencyID="EUR"', 'PriceAmount currencyID="SEK"'),
      'ubl-currency-differs',
      '/Invoice/InvoiceLine/Price/PriceAmount',
    ],
    [
      'numbers that are numbers',
      anInvoice.replace('>10<', '>ten<'),
      'ubl-number',
      '/Invoice/InvoiceLine/InvoicedQuantity',
    ],
    [
      'numbers of a sane length',
      anInvoice.replace('>10<', `>${'9'.repeat(30)}<`),
      'ubl-number-too-long',
      '/Invoice/InvoiceLine/InvoicedQuantity',
    ],
  ])('lacks %s', (_, text, rule, path) => {
    const finding = only(text)
    expect(finding).toMatchObject({ rule, position: { path } })
    expect(finding?.sentence).toMatch(/ask|write|round/)
  })

  it('has a number too long for one, and the finding stands at it', () => {
    const finding = only(anInvoice.replace('>D-1<', `>${'9'.repeat(90)}<`))
    expect(finding).toMatchObject({
      rule: 'ubl-document-invalid',
      position: { path: '/Invoice/ID' },
    })
  })

  it('says so at least once even where the settings play every rule down', () => {
    const severities = { 'ubl-field-missing': 'info', 'ubl-document-invalid': 'info' } as const
    const read = readOne(anInvoice.replace('<x:ID>D-1</x:ID>', ''), { severities })
    expect(read.document).toBeNull()
    expect(read.findings.at(-1)).toMatchObject({
      rule: 'ubl-document-unreadable',
      severity: 'error',
    })
  })

  it('is set aside where the reader itself fails on it, as with a zone that is none', () => {
    const [read] = createUblReader().read(anInvoice, { ...aContext, timeZone: 'Nowhere' })
    expect(read?.document).toBeNull()
    expect(read?.findings[0]).toMatchObject({ rule: 'ubl-document-unreadable', severity: 'error' })
  })

  it.each([
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '99999-01-01',
    '2026-11-02T10:00:00Z',
    '2026-11-02+14:00',
  ])('or is read, on the odd day %s', (day) => {
    const read = readOne(anInvoice.replace('2026-11-02', day))
    const isRefused = read.findings.some(({ severity }) => severity === 'error')
    expect(read.document === null).toBe(isRefused)
  })

  it('is refused for a rule that the settings take seriously', () => {
    const text = anInvoice.replace('>50.00</x:PayableAmount>', '>49.00</x:PayableAmount>')
    expect(readOne(text).document).not.toBeNull()
    expect(only(text, { severities: { 'ubl-total-payable': 'error' } })?.rule).toBe(
      'ubl-total-payable',
    )
  })
})

describe('how a document may be written by suppliers of any maturity (R-62)', () => {
  it('with any prefixes, a default namespace, and comments between', () => {
    const other = anInvoice
      .replaceAll('x:', 'cbc-2:')
      .replaceAll('xmlns:x=', 'xmlns:cbc-2=')
      .replaceAll('<u:', '<')
      .replaceAll('</u:', '</')
      .replace('xmlns:u=', 'xmlns=')
      .replaceAll('</cbc-2:ID>', '</cbc-2:ID><!-- <ID>9</ID> --><?pi?>')
    const [expected, actual] = [readOne(anInvoice).document, readOne(other).document]
    expect(actual).toEqual({ ...expected, origin: actual?.origin })
  })

  it('as CDATA, with character references and blanks around', () => {
    const text = anInvoice.replace('>D-1<', '> <![CDATA[D]]>&#45;1\n<')
    expect(readOne(text).document?.documentNumber).toBe('D-1')
  })

  it('with blanks before the declaration and a Ctrl-Z behind, which is told', () => {
    const read = readOne(`\n<?xml version="1.0"?>${anInvoice}\u001A`)
    expect(read.document).not.toBeNull()
    expect(findingsOf(read, 'xml-padding')).toHaveLength(1)
  })

  it('under a root that its namespace does not call so', () => {
    const read = readOne(anInvoice.replace('xsd:Invoice-2', 'xsd:CreditNote-2'))
    expect(read.document?.kind).toBe('invoice')
    expect(findingsOf(read, 'ubl-root-namespace')).toHaveLength(1)
  })

  it('with an element of a wrong namespace, which is not read but told', () => {
    const text = anInvoice.replace('<x:OrderReference>', '<x:OrderReference xmlns:x="urn:typo">')
    const read = readOne(text)
    expect(read.document).toMatchObject({ lines: [{ orderNumber: null }] })
    expect(findingsOf(read, 'ubl-element-foreign')).toMatchObject([
      { severity: 'warning', position: { path: '/Invoice/OrderReference' } },
    ])
  })

  it('with extensions of any vocabulary, which nobody minds', () => {
    const extension = '<x:UBLExtensions><y:Z xmlns:y="urn:other">1</y:Z></x:UBLExtensions>'
    const read = readOne(anInvoice.replace('<x:ID>', `${extension}<x:ID>`))
    expect(rulesOf(read)).toEqual([])
    expect(findingsOf(read, 'ubl-element-unused')).toHaveLength(1)
  })
})

describe('documents in envelopes', () => {
  const header = (instance: string) =>
    `<s:StandardBusinessDocumentHeader><s:DocumentIdentification><s:InstanceIdentifier>${instance}</s:InstanceIdentifier></s:DocumentIdentification></s:StandardBusinessDocumentHeader>`
  const wrap = (content: string) =>
    `<s:StandardBusinessDocument xmlns:s="urn:sbdh" xmlns:x="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">${content}</s:StandardBusinessDocument>`
  const inherited = anInvoice.replace(/ xmlns:x="[^"]*"/, '')

  it('are known by the identifier of their envelope', () => {
    const read = readOne(wrap(`${header('guid/1')}${inherited}`))
    expect(read.document?.documentNumber).toBe('D-1')
    expect(read.deliveryKey).toBe('peppol/sbdh/guid%2F1')
  })

  it('can be read again alone, with the prefixes of their envelope', () => {
    const read = readOne(wrap(`${header('1')}${inherited}`))
    const again = readOne(read.raw)
    expect(again.document).toEqual({
      ...read.document,
      origin: { ...read.document?.origin, deliveryKey: again.deliveryKey },
    })
  })

  it('come one by one, and a broken one does not take the others with it', () => {
    const broken = inherited.replace('2026-11-02', 'soon')
    const text = wrap(`${inherited}${broken}${inherited.replace('D-1', 'D-3')}`)
    const reads = createUblReader().read(text, aContext)
    expect(reads.map(({ document }) => document?.documentNumber)).toEqual(['D-1', undefined, 'D-3'])
    expect(new Set(reads.map(({ deliveryKey }) => deliveryKey)).size).toBe(3)
    expect(reads[1]?.raw).toContain('soon')
  })

  it('are missed in an empty one', () => {
    expect(only(wrap(header('1')))?.rule).toBe('ubl-not-a-document')
  })
})

describe('the settings', () => {
  it('that cannot be used are an error at once, naming the place', () => {
    const make = () => createUblReader({ invoice: { negativeLines: 'ignore' as 'refuse' } })
    expect(make).toThrow(/invoice.negativeLines/)
    try {
      make()
    } catch (error) {
      expect(CounterfoilError.is(error) && error.code).toBe('SETTINGS_INVALID')
    }
  })

  it("give the buyer's own number for a supplier, else the document's is taken", () => {
    expect(readOne(anInvoice).document?.supplier).toBe('7300010000001')
    const suppliers = { '0088:7300010000001': 'V-100' }
    expect(readOne(anInvoice, { suppliers }).document?.supplier).toBe('V-100')
  })

  it("take the connection's supplier before anything the document says", () => {
    const [read] = createUblReader().read(anInvoice, { ...aContext, supplier: 'V-7' })
    expect(read?.document?.supplier).toBe('V-7')
  })

  it('translate units, and without them tell what was understood', () => {
    const text = anInvoice.replaceAll('unitCode="EA"', 'unitCode="Stk"')
    const read = readOne(text)
    expect(read.document).toMatchObject({ lines: [{ unitOfMeasure: 'H87' }] })
    expect(findingsOf(read, 'ubl-unit-not-rec20')).toHaveLength(1)
    const told = readOne(text, { units: { Stk: 'EA' } })
    expect(told.document).toMatchObject({ lines: [{ unitOfMeasure: 'EA' }] })
    expect(rulesOf(told)).toEqual([])
  })
})

describe('large documents', () => {
  it('of five thousand lines are read, and one line more is refused', () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        anInvoiceLine({ number: String(index + 1) }),
      ).join('')
    const read = readOne(aDocument('Invoice', lines(5000)))
    expect(read.document).toMatchObject({ lines: { length: 5000 } })
    expect(only(aDocument('Invoice', lines(5001)))).toMatchObject({ rule: 'ubl-lines-too-many' })
  })

  it('give a bounded number of findings', () => {
    const lines = Array.from({ length: 2000 }, () => anInvoiceLine({ quantity: 'x' })).join('')
    const read = readOne(aDocument('Invoice', lines))
    expect(read.findings.length).toBeLessThanOrEqual(1000)
  })
})
