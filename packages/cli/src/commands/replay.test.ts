import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../counterfoil.ts')
const fixtures = join(import.meta.dirname, '../replay/__fixtures__')
const traces = join(fixtures, 'traces.jsonl')
const register = join(fixtures, 'register.csv')
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-replay-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command as a person would, with the lines it printed. */
const replay = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@counterfoil/source', program, 'replay', ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, COUNTERFOIL_DATA: '' } },
  )
  return { status, lines: stdout.split('\n'), warnings: stderr }
}

const save = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return name
}

/** The figures of an activity's row: applied, recorded only, parked, quarantined. */
const rowOf = (lines: readonly string[], activity: string): readonly number[] =>
  (lines.find((line) => line.startsWith(`${activity} `)) ?? '')
    .slice(activity.length)
    .trim()
    .split(/ +/)
    .slice(0, 4)
    .map(Number)

const applied: Readonly<Record<string, number>> = {
  'Create Purchase Order Item': 6,
  'Change Quantity': 1,
  'Change Price': 1,
  'Change Delivery Indicator': 1,
  'Change Currency': 1,
  'Change Storage Location': 1,
  'Change payment term': 1,
  'Change Final Invoice Indicator': 1,
  'Change Rejection Indicator': 1,
  'Receive Order Confirmation': 1,
  'Update Order Confirmation': 1,
  'Vendor creates invoice': 3,
  'Vendor creates debit memo': 1,
  'Record Goods Receipt': 6,
  'Record Service Entry Sheet': 1,
  'Record Invoice Receipt': 5,
  'Record Subsequent Invoice': 1,
  'Cancel Goods Receipt': 2,
  'Cancel Invoice Receipt': 1,
  'Cancel Subsequent Invoice': 1,
  'Set Payment Block': 1,
  'Remove Payment Block': 2,
  'Clear Invoice': 4,
  'Delete Purchase Order Item': 1,
  'Reactivate Purchase Order Item': 2,
  'Block Purchase Order Item': 1,
}

const recordedOnly: readonly string[] = [
  'SRM: Created',
  'SRM: Complete',
  'SRM: Awaiting Approval',
  'SRM: Document Completed',
  'SRM: Ordered',
  'SRM: In Transfer to Execution Syst.',
  'SRM: Change was Transmitted',
  'SRM: Deleted',
  'SRM: Transfer Failed (E.Sys.)',
  'SRM: Transaction Completed',
  'SRM: Incomplete',
  'SRM: Held',
  'Create Purchase Requisition Item',
  'Release Purchase Requisition',
  'Change Approval for Purchase Order',
  'Release Purchase Order',
]

describe('counterfoil replay', () => {
  it('says of each of the 42 activities what became of it, garbage dates and all', () => {
    const { status, lines } = replay('--traces', traces, '--register', register, '--jobs', '1')
    expect(status).toBe(0)
    expect(Object.keys(applied).length + recordedOnly.length).toBe(42)
    for (const [activity, times] of Object.entries(applied)) {
      expect(rowOf(lines, activity), activity).toEqual([times, 0, 0, 0])
    }
    for (const activity of recordedOnly) {
      expect(rowOf(lines, activity), activity).toEqual([0, 1, 0, 0])
    }
    expect(lines.find((line) => line.startsWith('SRM: Held'))).toMatch(/before the order exists$/)
    expect(lines).toContain('6 order lines, 65 events, 100 % of those to be applied were')
    expect(lines).toContain('0 broken invariants')
  })

  it('keeps an activity it does not know, and says that it does not', () => {
    const { lines } = replay('--traces', traces, '--register', register, '--jobs', '1')
    expect(rowOf(lines, 'Drop Purchase Order Item')).toEqual([0, 1, 0, 0])
    expect(lines.find((line) => line.startsWith('Drop'))).toMatch(
      /an activity this log format does not know$/,
    )
  })

  it('prints the same table from two processes as from one', () => {
    const one = replay('--traces', traces, '--register', register, '--jobs', '1')
    const two = replay('--traces', traces, '--register', register, '--jobs', '2')
    expect(two).toEqual(one)
  })

  it('names each line that is no trace by its number, runs the others and ends with 1', () => {
    const [first = ''] = readFileSync(traces, 'utf8').split('\n')
    const noTime = '{"po":"1","line":"1","events":[["yesterday","Clear Invoice"]]}'
    const file = save('bad.jsonl', `${first}\n\n{"po":\n${noTime}\n`)
    const { status, lines } = replay('--traces', file, '--register', register, '--jobs', '1')
    expect(status).toBe(1)
    expect(lines.filter((line) => line.includes('is no trace'))).toEqual([
      expect.stringMatching(/^line 3 is no trace: /),
      expect.stringMatching(/^line 4 is no trace: at `events\/0\/0`: /),
    ])
    expect(rowOf(lines, 'Create Purchase Order Item')).toEqual([1, 0, 0, 0])
  })

  it('ends with 1 where too little could be applied, and says what was not and why', () => {
    const trace = {
      po: '8',
      line: '1',
      events: [
        ['2018-01-01T09:00:00Z', 'Create Purchase Order Item'],
        ['2018-01-02T09:00:00Z', 'Clear Invoice'],
        ['2018-01-03T09:00:00Z', 'Cancel Subsequent Invoice'],
        ['2018-01-04T09:00:00Z', 'Reactivate Purchase Order Item'],
      ],
    }
    const file = save('nothing.jsonl', JSON.stringify(trace))
    const { status, lines } = replay('--traces', file, '--register', register, '--jobs', '1')
    expect(status).toBe(1)
    expect(rowOf(lines, 'Clear Invoice')).toEqual([0, 0, 1, 0])
    expect(rowOf(lines, 'Reactivate Purchase Order Item')).toEqual([0, 0, 0, 1])
    expect(lines).toContain('1 x Clear Invoice, parked: invoice-not-received')
    expect(lines).toContain('1 x Cancel Subsequent Invoice, parked: invoice-not-received')
    expect(lines).toContain('1 x Reactivate Purchase Order Item, quarantined: not-cancelled')
    expect(lines).toContain('1 order lines, 4 events, 25 % of those to be applied were')
  })

  it.each([
    ['no folder is named', [], /--data or COUNTERFOIL_DATA/],
    ['the file is missing', ['--traces', 'none.jsonl', '--register', register], /none\.jsonl/],
    ['a number is none', ['--traces', traces, '--register', register, '--every', 'x'], /`x`/],
    ['the option is unknown', ['--speed', '3'], /--speed/],
  ])('ends with 2 where %s', (_, args, warning) => {
    const { status, warnings } = replay(...args)
    expect(status).toBe(2)
    expect(warnings).toMatch(warning)
  })
})
