import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { factReadersText } from '../scripts/fact-readers.ts'

describe('the readers of the facts', () => {
  it('are what the schemas in the code say', () => {
    const file = new URL('../src/facts/fact-readers.ts', import.meta.url)
    expect(readFileSync(file, 'utf8')).toBe(factReadersText())
  })
})
