import type { Acknowledgment } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { aDocument, findingsOf, orderReference, readOne, rulesOf } from '../ubl.examples.ts'
import type { UblSettingsInput } from '../ubl-settings.ts'

const code = (text: string) => `<OrderResponseCode>${text}</OrderResponseCode>`

/** A line of a response to order line 10, with what its LineItem and OrderLine say beside. */
const aLine = (
  item: string,
  beside = '<OrderLineReference><LineID>10</LineID></OrderLineReference>',
) =>
  `<OrderLine><LineItem><ID>1</ID>${item}<Item><Name>Hex bolt M8</Name></Item></LineItem>${beside}</OrderLine>`

const status = (text: string) => `<LineStatusCode>${text}</LineStatusCode>`
const quantity = (text: string, unit = 'EA') => `<Quantity unitCode="${unit}">${text}</Quantity>`
const backorder = (text: string) => `<MaximumBackorderQuantity>${text}</MaximumBackorderQuantity>`
const delivery = (day: string, quantity_ = '') =>
  `<Delivery>${quantity_}<PromisedDeliveryPeriod><EndDate>${day}</EndDate></PromisedDeliveryPeriod></Delivery>`
const price = (amount: string, base = '') =>
  `<Price><PriceAmount currencyID="EUR">${amount}</PriceAmount>${base}</Price>`

const read = (body: string, settings: UblSettingsInput = {}) =>
  readOne(aDocument('OrderResponse', `${orderReference}${body}`), settings)

const answer = (body: string, settings: UblSettingsInput = {}): Acknowledgment => {
  const { document, findings } = read(body, settings)
  if (document?.kind !== 'acknowledgment') throw new Error(JSON.stringify(findings))
  return document
}

const lineOf = (item: string, beside?: string) =>
  answer(`${code('CA')}${aLine(item, beside)}`).lines[0]

describe('the answer to the whole order', () => {
  it.each([
    ['AB', 'received', 'unanswered'],
    ['AP', 'accepted', 'accepted'],
    ['RE', 'rejected', 'rejected'],
    ['CA', 'accepted-with-changes', 'unanswered'],
    ['AI', 'accepted-with-changes', 'accepted'],
    ['29', 'accepted', 'accepted'],
    ['27', 'rejected', 'rejected'],
    ['30', 'accepted-with-changes', 'unanswered'],
  ])('%s means %s, and silence about a line %s', (text, decision, unlistedLines) => {
    expect(answer(code(text))).toMatchObject({ orderNumber: 'PO-1', decision, unlistedLines })
  })

  it('with a code nobody knows is no acceptance', () => {
    const { document, findings } = read(code('OK'))
    expect(document).toMatchObject({ decision: 'received' })
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'ubl-response-code-unknown' }))
  })

  it("means what the partner's settings say", () => {
    const settings = {
      acknowledgment: { responseCodes: { OK: 'accepted' }, unlistedLines: 'unanswered' },
    } as const
    expect(answer(code('OK'), settings)).toMatchObject({
      decision: 'accepted',
      unlistedLines: 'unanswered',
    })
  })

  it('without a code repeats the order as the supplier takes it', () => {
    const { document } = read(aLine(quantity('8')))
    expect(document).toMatchObject({
      decision: 'accepted-with-changes',
      lines: [{ responses: [{ action: 'accept', quantity: '8' }] }],
    })
    expect(rulesOf(read(''))).toEqual(['ubl-response-code-missing'])
  })

  it('that accepts with changes and names none is told (PEPPOL-T76-R007)', () => {
    expect(rulesOf(read(code('CA')))).toEqual(['ubl-response-lines-missing'])
  })

  it('that is yes or no is told when a line says otherwise, and the line is believed', () => {
    const refused = read(`${code('AP')}${aLine(status('7'))}`)
    expect(rulesOf(refused)).toEqual(['ubl-response-contradicts'])
    expect(refused.document).toMatchObject({ lines: [{ wholeLine: { action: 'reject' } }] })
    expect(rulesOf(read(`${code('RE')}${aLine(status('5'))}`))).toEqual([
      'ubl-response-contradicts',
    ])
    expect(rulesOf(read(`${code('RE')}${aLine('')}`))).toEqual([])
  })

  it('promises the last day of its period for lines it does not list', () => {
    const promised = `${code('AP')}${delivery('2026-11-19')}`
    expect(answer(promised).unlistedPromisedDate).toBe('2026-11-19')
    const leaving = `${code('AP')}<Delivery><Despatch><EstimatedDespatchDate>2026-11-19</EstimatedDespatchDate></Despatch></Delivery>`
    expect(answer(leaving).unlistedPromisedDate).toBeUndefined()
  })

  it('gives a period that ends before it begins its later day, and tells it (PEPPOL-T76-R004)', () => {
    const reversed =
      '<Delivery><PromisedDeliveryPeriod><StartDate>2026-11-20</StartDate><EndDate>2026-11-19</EndDate></PromisedDeliveryPeriod></Delivery>'
    const reversedRead = read(`${code('AP')}${reversed}`)
    expect(reversedRead.document).toMatchObject({ unlistedPromisedDate: '2026-11-20' })
    expect(rulesOf(reversedRead)).toEqual(['ubl-period-reversed'])
  })

  it('answers one order: none or two are an error', () => {
    const none = readOne(aDocument('OrderResponse', code('AP')))
    expect(none.document).toBeNull()
    expect(rulesOf(none)).toEqual(['ubl-order-number-missing'])
    const two = read(`<OrderReference><ID>PO-2</ID></OrderReference>${code('AP')}`)
    expect(two.document).toBeNull()
    expect(rulesOf(two)).toEqual(['ubl-order-numbers-several'])
    expect(read(`${orderReference}${code('AP')}`).document).not.toBeNull()
  })
})

describe('the answer to a line', () => {
  it.each([
    ['1', 'accept'],
    ['2', 'cancel'],
    ['3', 'accept'],
    ['5', 'accept'],
    ['6', 'accept'],
    ['7', 'reject'],
    ['10', 'reject'],
    ['42', 'shipped'],
  ])('status %s without a quantity is %s for all of it', (text, action) => {
    expect(lineOf(status(text))).toMatchObject({ responses: [], wholeLine: { action } })
  })

  it('with a status nobody knows is on hold', () => {
    const odd = read(`${code('CA')}${aLine(status('99'))}`)
    expect(odd.document).toMatchObject({
      lines: [{ wholeLine: { action: 'hold', reasonCode: '99' } }],
    })
    expect(rulesOf(odd)).toEqual(['ubl-line-status-unknown'])
  })

  it("takes the partner's meaning of a status", () => {
    const settings = { acknowledgment: { statusCodes: { '3': 'pending' } } } as const
    const { lines } = answer(
      `${code('CA')}${delivery('2026-11-19')}${aLine(status('3'))}`,
      settings,
    )
    expect(lines).toMatchObject([{ wholeLine: { action: 'pending', promisedDate: null } }])
  })

  it('says what comes now and what later (Peppol T76-p005)', () => {
    const line = lineOf(`${status('3')}${quantity('8')}${backorder('4')}${delivery('2026-11-19')}`)
    expect(line?.responses).toMatchObject([
      { action: 'accept', quantity: '8', unitOfMeasure: 'EA', promisedDate: '2026-11-19' },
      { action: 'backorder', quantity: '4', unitOfMeasure: 'EA', promisedDate: null },
    ])
  })

  it('says that nothing of the rest comes', () => {
    const line = lineOf(`${status('3')}${quantity('8')}${backorder('0')}`)
    expect(line?.responses).toMatchObject([
      { action: 'accept', quantity: '8', reasonText: 'nothing of the rest will be delivered' },
    ])
  })

  it('puts all of it on backorder', () => {
    const line = lineOf(`${status('3')}${quantity('0')}${backorder('12')}`)
    expect(line?.responses).toMatchObject([{ action: 'backorder', quantity: '12' }])
    expect(line?.wholeLine).toBeUndefined()
  })

  it('that takes nothing of it refuses it', () => {
    const nothing = read(`${code('CA')}${aLine(`${status('3')}${quantity('0')}${price('5.00')}`)}`)
    expect(nothing.document).toMatchObject({
      lines: [{ responses: [], wholeLine: { action: 'reject' } }],
    })
    expect(rulesOf(nothing)).toEqual(['ubl-zero-accepted'])
    expect(lineOf(`${status('7')}${quantity('0')}`)).toMatchObject({
      wholeLine: { action: 'reject' },
    })
  })

  it('is split where its deliveries come to its quantity', () => {
    const line = lineOf(
      `${quantity('10')}${delivery('2026-11-19', quantity('6'))}${delivery('2026-12-01', quantity('4'))}`,
    )
    expect(line?.responses).toMatchObject([
      { quantity: '6', promisedDate: '2026-11-19' },
      { quantity: '4', promisedDate: '2026-12-01' },
    ])
  })

  it('is split by its deliveries alone', () => {
    const line = lineOf(
      `${delivery('2026-11-19', quantity('6'))}${delivery('2026-12-01', quantity('4'))}`,
    )
    expect(line?.responses).toMatchObject([{ quantity: '6' }, { quantity: '4' }])
  })

  it('comes on the latest day where its deliveries do not come to its quantity', () => {
    const uneven = `${quantity('10')}${delivery('2026-12-01', quantity('6'))}${delivery('2026-11-19', quantity('3'))}`
    const unevenRead = read(`${code('CA')}${aLine(uneven)}`)
    expect(unevenRead.document).toMatchObject({
      lines: [{ responses: [{ quantity: '10', promisedDate: '2026-12-01' }] }],
    })
    expect(rulesOf(unevenRead)).toEqual(['ubl-deliveries-differ'])
  })

  it('names a day of leaving where no day of arrival is promised', () => {
    const line = lineOf(
      `${quantity('10')}<Delivery><Despatch><EstimatedDespatchDate>2026-11-17</EstimatedDespatchDate></Despatch></Delivery>`,
    )
    expect(line?.responses).toMatchObject([{ promisedDate: '2026-11-17', dateMeaning: 'ship' }])
  })

  it('states a price per its base, also where it states no quantity', () => {
    const base = '<BaseQuantity unitCode="EA">100</BaseQuantity>'
    const expected = { amount: '12.90', perQuantity: '100', perUnitOfMeasure: 'EA' }
    expect(lineOf(`${status('3')}${quantity('10')}${price('12.90', base)}`)).toMatchObject({
      responses: [{ price: expected }],
    })
    expect(lineOf(`${status('3')}${price('12.90', base)}`)).toMatchObject({
      wholeLine: { price: expected },
    })
  })

  it('leaves out a price nobody can use, and tells it', () => {
    const withoutUnit = read(`${code('CA')}${aLine(`${status('3')}${price('12.90')}`)}`)
    expect(rulesOf(withoutUnit)).toEqual(['ubl-price-unit'])
    const negative = read(`${code('CA')}${aLine(`${quantity('10')}${price('-1')}`)}`)
    expect(rulesOf(negative)).toEqual(['ubl-price-negative'])
    expect(
      lineOf(`${status('7')}${quantity('10')}${price('1')}`)?.responses[0]?.price,
    ).toBeUndefined()
  })

  it('checks the amount of a line where it states one', () => {
    const wrong = `${quantity('10')}<LineExtensionAmount currencyID="EUR">99</LineExtensionAmount>${price('5.00')}`
    expect(rulesOf(read(`${code('CA')}${aLine(wrong)}`))).toEqual(['ubl-line-amount'])
  })

  it('replaces an item, or offers to in vain', () => {
    const substitute =
      '<SellerSubstitutedLineItem><ID>9</ID><Item><SellersItemIdentification><ID>PB-60</ID></SellersItemIdentification></Item></SellerSubstitutedLineItem>'
    const { lines } = answer(`${code('CA')}${aLine(`${status('3')}${quantity('6')}`, substitute)}`)
    expect(lines[0]?.responses).toMatchObject([
      { action: 'substitute', substituteItem: { supplierItem: 'PB-60' } },
    ])
    const offered = read(`${code('CA')}${aLine(status('7'), substitute)}`)
    expect(rulesOf(offered)).toEqual(['ubl-substitute-not-taken'])
    expect(offered.document).toMatchObject({ lines: [{ wholeLine: { action: 'reject' } }] })
  })

  it('finds its order line by reference, else by its own number, else not at all', () => {
    const own = read(`${code('CA')}${aLine(status('5'), '')}`)
    expect(own.document).toMatchObject({
      lines: [{ documentLineNumber: '1', orderLineNumber: '1' }],
    })
    expect(findingsOf(own, 'ubl-order-line-assumed')).toHaveLength(1)
    const placeholder = aLine(status('5'), '').replace('<ID>1</ID>', '<ID>NA</ID>')
    expect(answer(`${code('CA')}${placeholder}`).lines).toMatchObject([
      { documentLineNumber: '1', orderLineNumber: null },
    ])
    const long = `<OrderLineReference><LineID>${'1'.repeat(50)}</LineID></OrderLineReference>`
    const longRead = read(`${code('CA')}${aLine(status('5'), long)}`)
    expect(rulesOf(longRead)).toEqual(['ubl-line-reference'])
  })

  it('gets a number of its own where lines share one', () => {
    const twice = read(`${code('CA')}${aLine(status('5'))}${aLine(status('7'))}`)
    expect(twice.document).toMatchObject({
      lines: [{ documentLineNumber: '1' }, { documentLineNumber: '2' }],
    })
    expect(rulesOf(twice)).toEqual(['ubl-line-number'])
  })

  it('without a LineItem is an error', () => {
    const empty = read(`${code('CA')}<OrderLine><Note>?</Note></OrderLine>`)
    expect(empty.document).toBeNull()
    expect(rulesOf(empty)).toEqual(['ubl-field-missing'])
  })
})

describe('a simple response', () => {
  const simple = (body: string) =>
    readOne(aDocument('OrderResponseSimple', `${orderReference}${body}`))

  it.each([
    ['true', 'accepted', 'accepted'],
    ['1', 'accepted', 'accepted'],
    ['false', 'rejected', 'rejected'],
  ])('%s is %s', (indicator, decision, unlistedLines) => {
    const { document } = simple(`<AcceptedIndicator>${indicator}</AcceptedIndicator>`)
    expect(document).toMatchObject({ decision, unlistedLines, lines: [] })
  })

  it('says why it refuses', () => {
    const { document } = simple(
      '<RejectionNote>Credit limit</RejectionNote><AcceptedIndicator>false</AcceptedIndicator>',
    )
    expect(document).toMatchObject({ reasonText: 'Credit limit' })
  })

  it.each(['', '<AcceptedIndicator>maybe</AcceptedIndicator>'])(
    'that is neither is no acceptance',
    (body) => {
      expect(simple(body).document).toMatchObject({ decision: 'received' })
      expect(rulesOf(simple(body))).toEqual(['ubl-response-indicator'])
    },
  )
})
