import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { anInterchange } from './interchange.examples.ts'

// #region readme
import { createX12Reader } from '@counterfoil/connector-x12'

const reader = createX12Reader({ units: { PCE: 'EA' } })

/** One line for each document of a delivery: what it is, or why it is none and where. */
const describeDelivery = (text: string): readonly string[] =>
  reader
    .read(text, {
      tenant: 'branford',
      buyerOrganisation: 'branford-us',
      connection: 'larkmill-edi',
      timeZone: 'America/New_York',
      currency: 'USD', // for documents without CUR; the currency is never guessed
    })
    .map(({ document, findings }) => {
      if (document !== null) return `${document.kind} ${document.documentNumber}`
      const error = findings.find(({ severity }) => severity === 'error')
      return `set aside: ${error?.position.path} ${error?.sentence}`
    })
// #endregion

const folder = new URL('.', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const readme = read('../README.md')

describe('the README', () => {
  it('shows the example that is run here', () => {
    const [, example = ''] = read('readme.test.ts').split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows what the example prints', () => {
    const printed = describeDelivery(
      anInterchange({
        sets: [
          { segments: ['BEG*00*SA*4500017**20261124', 'PO1*1*12*PCE*3.50'] },
          { segments: ['BEG*00*SA*4500018**20261124', 'PO1*1*12**3.50'], controlNumber: '0002' },
        ],
      }),
    )
    expect(readme).toContain(`\`\`\`\n${printed.join('\n')}\n\`\`\``)
  })

  it('names every rule a finding can have, and no other', () => {
    const sources = globSync('**/*.ts', { cwd: folder.pathname })
      .filter((name) => !/\.(test|examples)\.ts$/.test(name))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    const used = new Set(
      sources.flatMap((source) => source.match(/(?<=')x12-[a-z0-9-]+(?=')/g) ?? []),
    )
    const named = readme.match(/(?<=^\| `)x12-[a-z0-9-]+(?=`)/gm) ?? []
    expect(named.toSorted()).toEqual([...used].toSorted())
  })
})
