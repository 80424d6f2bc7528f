import { describe, expect, it } from 'vitest'
import { CounterfoilError } from './counterfoil-error.ts'
import { errorCodes } from './error-codes.ts'

describe('CounterfoilError', () => {
  it('carries a code, a message, details and its cause', () => {
    const cause = new TypeError('socket closed')
    const error = new CounterfoilError('CONNECTOR_UNAVAILABLE', 'cannot reach `erp`: try later', {
      retryable: true,
      details: { connector: 'erp' },
      cause,
    })
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe('CounterfoilError')
    expect(error.code).toBe('CONNECTOR_UNAVAILABLE')
    expect(error.retryable).toBe(true)
    expect(error.details).toEqual({ connector: 'erp' })
    expect(error.cause).toBe(cause)
    expect(String(error)).toBe('CounterfoilError: cannot reach `erp`: try later')
  })

  it('is not worth a retry and has no details unless said', () => {
    const error = new CounterfoilError('DECIMAL_INVALID', 'cannot read `x`')
    expect(error.retryable).toBe(false)
    expect(error.details).toEqual({})
    expect('cause' in error).toBe(false)
  })

  it('becomes plain data for a log line', () => {
    const error = new CounterfoilError('STORE_CONFLICT', 'overtaken', { retryable: true })
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'CounterfoilError',
      code: 'STORE_CONFLICT',
      message: 'overtaken',
      retryable: true,
      details: {},
    })
  })

  it('is known when another copy of the package threw it', () => {
    class FromAnotherCopy extends Error {
      get [Symbol.for('counterfoil.error')](): true {
        return true
      }
    }
    expect(CounterfoilError.is(new FromAnotherCopy())).toBe(true)
    const own = new CounterfoilError('DECIMAL_INVALID', '')
    expect(CounterfoilError.is(own)).toBe(true)
    expect(Reflect.get(own, Symbol.for('counterfoil.error'))).toBe(true)
  })

  it.each([new Error('other'), null, undefined, 'text', 7, {}])('does not know %s', (other) => {
    expect(CounterfoilError.is(other)).toBe(false)
  })
})

describe('error codes', () => {
  it('read as facts in capitals, in alphabetical order', () => {
    const codes = Object.keys(errorCodes)
    expect(codes).toEqual(codes.toSorted())
    for (const code of codes) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
  })
})
