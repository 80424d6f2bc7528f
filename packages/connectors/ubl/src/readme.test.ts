import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aDocument } from './ubl.examples.ts'

// #region readme
import { createUblReader } from '@counterfoil/connector-ubl'

const reader = createUblReader({ suppliers: { '0088:7300010000001': 'V-100' } })

/** What a supplier answers, or why that cannot be told and where. */
const describeAnswer = (text: string): readonly string[] =>
  reader
    .read(text, {
      tenant: 'acme',
      buyerOrganisation: '0001',
      connection: 'peppol',
      timeZone: 'Europe/Oslo', // for times without an offset
    })
    .flatMap(({ document, findings }) => {
      if (document?.kind === 'acknowledgment') {
        return document.lines.flatMap(({ orderLineNumber, responses }) =>
          responses.map(
            ({ action, quantity, unitOfMeasure, promisedDate }) =>
              `${document.supplier}: ${document.orderNumber}/${orderLineNumber} ${action} ${quantity} ${unitOfMeasure} on ${promisedDate}`,
          ),
        )
      }
      const error = findings.find(({ severity }) => severity === 'error')
      return [`set aside: line ${error?.position.line}, ${error?.sentence}`]
    })
// #endregion

const folder = new URL('.', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const readme = read('../README.md')

const delivery = (quantity: string, day: string) =>
  `<Delivery><Quantity unitCode="EA">${quantity}</Quantity><PromisedDeliveryPeriod><EndDate>${day}</EndDate></PromisedDeliveryPeriod></Delivery>`
const line = `<OrderResponseCode>CA</OrderResponseCode><OrderLine><LineItem><ID>1</ID><LineStatusCode>3</LineStatusCode><Quantity unitCode="EA">900</Quantity>${delivery('400', '2026-11-18')}${delivery('500', '2026-12-04')}<Item><Name>Hex bolt M8</Name></Item></LineItem><OrderLineReference><LineID>10</LineID></OrderLineReference></OrderLine>`
const answer = aDocument(
  'OrderResponse',
  `<OrderReference><ID>PO-4711</ID></OrderReference>${line}`,
)
const forgetful = aDocument('OrderResponse', line)

describe('the README', () => {
  it('shows the example that is run here', () => {
    const [, example = ''] = read('readme.test.ts').split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows what the example prints', () => {
    const printed = [...describeAnswer(answer), ...describeAnswer(forgetful)]
    expect(readme).toContain(`\`\`\`\n${printed.join('\n')}\n\`\`\``)
  })

  it('names every rule a finding can have, and no other', () => {
    const sources = globSync('**/*.ts', { cwd: folder.pathname })
      .filter(
        (name) => !/\.(test|examples)\.ts$/.test(name) && !name.endsWith('order-attributes.ts'),
      )
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    const used = new Set(
      sources.flatMap((source) => source.match(/(?<=')(?:ubl|xml)-[a-z0-9-]+(?=')/g) ?? []),
    )
    const named = readme.match(/(?<=^\| `)(?:ubl|xml)-[a-z0-9-]+(?=`)/gm) ?? []
    expect(named.toSorted()).toEqual([...used].toSorted())
  })
})
