import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './packages.ts'
import { failuresIn, failuresOf } from './tell-failures.ts'

const passed = { fullName: 'an order is closed', status: 'passed', failureMessages: [] }
const file = { name: join(root, 'packages/core/src/a.test.ts'), status: 'failed', message: '' }
const reportOf = (...failureMessages: readonly string[]) => ({
  success: false,
  testResults: [
    {
      ...file,
      assertionResults: [
        passed,
        { fullName: 'an order adds up', status: 'failed', failureMessages },
      ],
    },
  ],
})

describe('what is told of failed tests', () => {
  it('is nothing where all passed', () => {
    const testResults = [{ ...file, status: 'passed', assertionResults: [passed] }]
    expect(failuresOf({ success: true, testResults })).toEqual([])
  })

  it('is the file, the test and the first line of its error', () => {
    const report = reportOf('AssertionError: expected 1 to be 2\n    at a.test.ts:3:4')
    expect(failuresOf(report)).toEqual([
      'failed: packages/core/src/a.test.ts: an order adds up\n  AssertionError: expected 1 to be 2',
    ])
  })

  it('is also the seed and the counterexample of a property', () => {
    const message = [
      'Error: Property failed after 3 tests',
      '{ seed: 42, path: "2:1", endOnFailure: true }',
      'Counterexample: [["10"]]',
      'Shrunk 1 time(s)',
    ].join('\n')
    const [told = ''] = failuresOf(reportOf(message))
    expect(told.split('\n').slice(1)).toEqual([
      '  Error: Property failed after 3 tests',
      '  { seed: 42, path: "2:1", endOnFailure: true }',
      '  Counterexample: [["10"]]',
    ])
  })

  it('is the file that could not be loaded', () => {
    const testResults = [{ ...file, message: 'SyntaxError: no such export', assertionResults: [] }]
    expect(failuresOf({ success: false, testResults })).toEqual([
      'failed: packages/core/src/a.test.ts\n  SyntaxError: no such export',
    ])
  })

  it('says so where the runner failed and no test did', () => {
    const [line] = failuresOf({ success: false, testResults: [] })
    expect(line).toContain('something beside them')
  })

  it('says so where there is no report', () => {
    expect(failuresIn(join(root, 'temp/none.json'))).toEqual([
      'failed: the runner left no `temp/none.json`',
    ])
  })
})
