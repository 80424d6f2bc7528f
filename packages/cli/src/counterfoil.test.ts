import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chainAudit, type AuditRecord, systemActor } from '@counterfoil/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAuditCommand } from './commands/verify-audit.ts'

const program = join(import.meta.dirname, 'counterfoil.ts')
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command as a person would, in a folder of its own, and gives what it printed. */
const run = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@counterfoil/source', program, ...args],
    { cwd: folder, input, encoding: 'utf8' },
  )
  return { status, out: stdout, warnings: stderr }
}

const save = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return name
}

const names =
  'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'

const order = ({
  number = 'PO-1',
  quantity = '<b:Quantity unitCode="EA">10</b:Quantity>',
  note = '',
} = {}) => `<Order ${names}>
  <b:ID>${number}</b:ID>
  <b:IssueDate>2026-11-02</b:IssueDate>
  <b:Note>${note}</b:Note>
  <b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
  <a:OrderLine>
    <a:LineItem>
      <b:ID>10</b:ID>
      ${quantity}
      <a:Price><b:PriceAmount currencyID="EUR">5.00</b:PriceAmount></a:Price>
      <a:Item><b:Name>Hex bolt</b:Name></a:Item>
    </a:LineItem>
  </a:OrderLine>
</Order>
`

const x12 = [
  'ISA*00*          *00*          *ZZ*BUYER          *ZZ*SUPPLIER       *261102*0930*U*00401*000000001*0*P*>~',
  'GS*PO*BUYER*SUPPLIER*20261102*0930*1*X*004010~',
  'ST*850*0001~',
  'BEG*00*SA*PO-77**20261102~',
  'CUR*BY*EUR~',
  'PO1*10*5*EA*2.50**BP*4-1001~',
  'CTT*1~',
  'SE*6*0001~',
  'GE*1*1~',
  'IEA*1*000000001~',
].join('\n')

describe('counterfoil', () => {
  it('without a command says what there is, and that something was missing', () => {
    const { status, out } = run([])
    expect(status).toBe(2)
    for (const name of ['read', 'match-cases', 'replay', 'verify-audit'])
      expect(out).toContain(`  ${name} `)
  })

  it.each([['--help'], ['-h'], ['help']])('%s says what there is', (flag) => {
    const { status, out } = run([flag])
    expect(status).toBe(0)
    expect(out).toContain('usage: counterfoil COMMAND')
  })

  it('knows no other commands, not even those every object has', () => {
    for (const name of ['nonsense', 'constructor', 'toString']) {
      const { status, out, warnings } = run([name])
      expect(status).toBe(2)
      expect(out).toBe('')
      expect(warnings).toContain(`no command \`${name}\``)
    }
  })

  it.each([['read'], ['match-cases'], ['replay'], ['verify-audit']])(
    '%s --help says how it is called',
    (name) => {
      const { status, out } = run([name, '--help'])
      expect(status).toBe(0)
      expect(out).toContain(`usage: counterfoil ${name} `)
    },
  )

  it('says what is wrong in one line, whatever the name of the file would do to the print', () => {
    const { status, warnings } = run(['verify-audit', 'a\u{1b}[2J\nall is well'])
    expect(status).toBe(2)
    expect(warnings).toMatch(
      /^counterfoil verify-audit: [^\n]*\\u\{1b\}\[2J\\u\{a\}all is well[^\n]*\n$/,
    )
    expect(warnings).not.toContain('\u{1b}')
  })

  it('says which option it does not know, without a stack', () => {
    const { status, warnings } = run(['read', '--nonsense', 'x'])
    expect(status).toBe(2)
    expect(warnings).toContain('--nonsense')
    expect(warnings).not.toContain('    at ')
  })
})

describe('counterfoil read', () => {
  it('prints a UBL order as canonical JSON', () => {
    const { status, out, warnings } = run([
      'read',
      '--supplier',
      'V-100',
      save('order.xml', order()),
    ])
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      kind: 'purchase-order',
      orderNumber: 'PO-1',
      supplier: 'V-100',
      lines: [
        {
          orderLineNumber: '10',
          quantityOrdered: '10',
          unitOfMeasure: 'EA',
          price: { amount: '5.00' },
        },
      ],
    })
    expect(warnings).toBe('')
  })

  it('prints an X12 order as canonical JSON', () => {
    const { status, out } = run(['read', '--supplier', 'V-100', save('order.x12', x12)])
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      kind: 'purchase-order',
      orderNumber: 'PO-77',
      currency: 'EUR',
    })
  })

  it('prints canonical JSON as it reads it: what it printed can be read again', () => {
    const first = run(['read', '--supplier', 'V-100', save('order.xml', order())])
    const again = run(['read', '--supplier', 'V-100', save('order.json', first.out)])
    expect(again.status).toBe(0)
    expect(again.out).toBe(first.out)
  })

  it('leaves canonical JSON the tenant it names, unless told another', () => {
    const { out } = run([
      'read',
      '--supplier',
      'V-100',
      '--tenant',
      'acme',
      save('order.xml', order()),
    ])
    const file = save('acme.json', out)
    expect(JSON.parse(run(['read', file]).out)).toMatchObject({ tenant: 'acme' })
    expect(run(['read', '--tenant', 'other', file])).toMatchObject({
      status: 1,
      out: expect.stringContaining('json-foreign-owner'),
    })
  })

  it('prints the findings of what cannot be read, with file, line and column, and fails', () => {
    const { status, out } = run([
      'read',
      '--supplier',
      'V-100',
      save('bad.xml', order({ quantity: '' })),
    ])
    expect(status).toBe(1)
    expect(out).toContain('bad.xml:7:5: error ubl-quantity-missing at /Order/OrderLine/LineItem: ')
    expect(out).toContain('ask the buyer how much is ordered')
    expect(out).not.toContain('{')
  })

  it.each([
    ['broken XML', 'broken.xml', '<Order>\n<b>', 'broken.xml:2:4: error xml-syntax'],
    [
      'a document type',
      'doctype.xml',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      'doctype.xml:1:1: error xml-doctype',
    ],
    ['broken JSON', 'broken.json', '{\n  "kind":\n}', 'broken.json:3:1: error json-syntax'],
    [
      'broken X12',
      'broken.x12',
      x12.replace('BEG*00*SA*PO-77**20261102~\n', ''),
      'broken.x12:3:1: error x12-beginning-missing',
    ],
  ])('names the place in %s', (_, name, text, expected) => {
    const { status, out } = run(['read', '--supplier', 'V-100', save(name, text)])
    expect(status).toBe(1)
    expect(out).toContain(expected)
  })

  it('reads on after a file that cannot be read, and then fails', () => {
    mkdirSync(join(folder, 'inbox'), { recursive: true })
    const files = ['missing.xml', 'inbox', save('note.txt', 'Dear Sir'), save('order.xml', order())]
    const { status, out, warnings } = run(['read', '--supplier', 'V-100', ...files])
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ orderNumber: 'PO-1' })
    expect(warnings).toContain('missing.xml: cannot be opened')
    expect(warnings).toContain('inbox: cannot be opened')
    expect(warnings).toContain('note.txt:1:1: neither X12 nor XML nor JSON')
  })

  it('prints several documents one after the other', () => {
    const files = [save('one.xml', order()), save('two.xml', order({ number: 'PO-2' }))]
    const { status, out } = run(['read', '--supplier', 'V-100', ...files])
    expect(status).toBe(0)
    expect(out.match(/"orderNumber": "PO-\d"/g)).toEqual([
      '"orderNumber": "PO-1"',
      '"orderNumber": "PO-2"',
    ])
  })

  it('reads the standard input', () => {
    const { status, out } = run(['read', '--supplier', 'V-100', '-'], order({ number: 'PO-9' }))
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ orderNumber: 'PO-9' })
  })

  it('tells warnings beside the document, and notes when asked', () => {
    const text = order({
      quantity:
        '<b:Quantity unitCode="PCE">10</b:Quantity><b:PartialDeliveryIndicator>true</b:PartialDeliveryIndicator>',
    })
    const file = save('pieces.xml', text)
    const usual = run(['read', '--supplier', 'V-100', file])
    expect(usual.status).toBe(0)
    expect(JSON.parse(usual.out)).toMatchObject({ lines: [{ unitOfMeasure: 'H87' }] })
    expect(usual.warnings).toContain('pieces.xml:9:7: warning ubl-unit-not-rec20')
    expect(usual.warnings).not.toContain(' info ')
    expect(run(['read', '--supplier', 'V-100', '--findings', file]).warnings).toContain(
      ' info ubl-element-unused',
    )
  })

  it.each([
    ['its own', 'ISO-8859-1', 'latin1', ''],
    ['UTF-8 wrongly', 'UTF-8', 'latin1', 'is read as windows-1252'],
    ['UTF-16', 'UTF-16', 'utf16le', ''],
  ] as const)('reads a file that names %s encoding', (_, declared, written, expected) => {
    const text = `<?xml version="1.0" encoding="${declared}"?>\n${order({ note: 'Größe 10' })}`
    const bytes = Buffer.from(written === 'utf16le' ? `\uFEFF${text}` : text, written)
    const { status, out, warnings } = run([
      'read',
      '--supplier',
      'V-100',
      save('encoded.xml', bytes),
    ])
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ notes: ['Größe 10'] })
    expect(warnings).toContain(expected)
    if (expected === '') expect(warnings).toBe('')
  })

  it('takes days in the zone it is told, and refuses zones and currencies that are none', () => {
    const file = save('order.xml', order())
    const { out } = run(['read', '--supplier', 'V-100', '--time-zone', 'Europe/Oslo', file])
    expect(JSON.parse(out)).toMatchObject({ issuedAt: '2026-11-01T23:00:00Z' })
    expect(run(['read', '--time-zone', 'Oslo', file])).toMatchObject({ status: 2 })
    expect(run(['read', '--currency', 'Taler', file])).toMatchObject({ status: 2 })
  })

  it('without a file says what is missing', () => {
    expect(run(['read'])).toMatchObject({
      status: 2,
      out: '',
      warnings: expect.stringContaining('at least one file'),
    })
  })
})

describe('counterfoil verify-audit', () => {
  const record = (event: string): AuditRecord => ({
    at: '2026-12-01T08:00:00Z' as AuditRecord['at'],
    actor: systemActor,
    object: 'invoice:acme/0001/S100/INV-1/standard',
    event,
    eventId: `delivery-1#${event}`,
    from: 'matching',
    to: 'released',
    reason: null,
    policy: [],
    inputHash: 'a'.repeat(64),
  })
  const chain = (aggregate: string) =>
    chainAudit(['invoice.received', 'invoice.matched', 'invoice.released'].map(record), {
      aggregate,
      sequence: 0,
      previousHash: null,
    })
  const one = chain('invoice:1')
  const two = chain('invoice:2')
  const asLines = (entries: readonly unknown[]) =>
    entries.map((entry) => JSON.stringify(entry)).join('\n')

  it.each([
    ['one entry a line', asLines([...one, ...two])],
    ['a list', JSON.stringify([...one, ...two], null, 2)],
    ['an answer of the audit query', JSON.stringify({ rows: [...one, ...two], cursor: null })],
    ['several orders mixed', asLines([one[0], two[0], one[1], two[1], two[2], one[2]])],
    [
      'Windows line ends and a byte-order mark',
      `\uFEFF${asLines([...one, ...two]).replaceAll('\n', '\r\n')}\r\n`,
    ],
  ])('finds nothing in %s', async (_, text) => {
    const lines: string[] = []
    const file = join(folder, save('audit.jsonl', text))
    const status = await verifyAuditCommand([file], (line) => lines.push(line))
    expect(lines).toEqual(['6 entries in 2 chains, 0 broken'])
    expect(status).toBe(0)
  })

  it('finds nothing in a whole chain', () => {
    const { status, out } = run(['verify-audit', save('audit.jsonl', asLines([...one, ...two]))])
    expect(out).toBe('6 entries in 2 chains, 0 broken\n')
    expect(status).toBe(0)
  })

  it('names the first broken entry', () => {
    const changed = two.map((entry, index) =>
      index === 1 ? { ...entry, reason: 'it was fine' } : entry,
    )
    const { status, out } = run([
      'verify-audit',
      save('audit.jsonl', asLines([...one, ...changed])),
    ])
    expect(status).toBe(1)
    expect(out).toContain(
      'audit.jsonl, row 5: entry 2 of `invoice:2` was changed after it was written',
    )
    expect(out).toContain('6 entries in 2 chains, 1 broken, the first in row 5')
  })

  it('names the first of every broken chain, and the first of all', () => {
    const { out } = run(['verify-audit', save('audit.jsonl', asLines([one[0], one[2], two[1]]))])
    expect(out).toContain('row 2: entry 3 of `invoice:1` stands where entry 2 belongs')
    expect(out).toContain('row 3: entry 2 of `invoice:2` stands where entry 1 belongs')
    expect(out).toContain('2 broken, the first in row 2')
  })

  it('names a row that is no entry', () => {
    const odd = `${asLines([one[0]])}\n{"sequence":2}\nnot json\n${asLines(one.slice(1))}`
    const { status, out } = run(['verify-audit', save('audit.jsonl', odd)])
    expect(status).toBe(1)
    expect(out).toContain('row 2: not an audit entry: `at`: ')
    expect(out).toContain('row 3: not an audit entry: it is no JSON')
  })

  it('finds a chain cut off at its end, or left out, when its last hash is known', () => {
    const heads = save(
      'heads.json',
      JSON.stringify({ 'invoice:1': one[2]?.hash, 'invoice:2': two[2]?.hash }),
    )
    const whole = save('whole.jsonl', asLines([...one, ...two]))
    expect(run(['verify-audit', '--heads', heads, whole]).status).toBe(0)
    const cut = save('cut.jsonl', asLines(one.slice(0, 2)))
    const { status, out } = run(['verify-audit', '--heads', heads, cut])
    expect(status).toBe(1)
    expect(out).toContain('the chain of `invoice:1` ends at entry 2')
    expect(out).toContain('the chain of `invoice:2` ends at entry 0')
  })

  it('does not call an empty file whole', () => {
    expect(run(['verify-audit', save('empty.jsonl', '')])).toMatchObject({ status: 1 })
  })

  it('says which file is missing', () => {
    expect(run(['verify-audit'])).toMatchObject({ status: 2 })
    const { status, warnings } = run(['verify-audit', 'missing.jsonl'])
    expect(status).toBe(2)
    expect(warnings).toContain('missing.jsonl')
    expect(warnings).not.toContain('    at ')
  })
})
