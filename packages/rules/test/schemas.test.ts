import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { jsonSchemas } from '../scripts/json-schemas.ts'

const folder = fileURLToPath(new URL('../schemas/', import.meta.url))

describe('the JSON Schemas of the package', () => {
  const current = jsonSchemas()

  it('are one file for each kind of rule set, its facts, and the cases', () => {
    expect(readdirSync(folder).toSorted()).toEqual([...current.keys()].toSorted())
  })

  it.each([...current])('%s is what the schemas in the code say', (file, text) => {
    expect(readFileSync(`${folder}${file}`, 'utf8')).toBe(text)
  })
})
