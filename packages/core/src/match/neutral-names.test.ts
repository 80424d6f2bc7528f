import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../', import.meta.url))
const own = 'match/neutral-names.test.ts'

// What one system does is a rule set; the core only knows comparisons in general.
const vendors =
  /\b(?:sap|s\/4hana|dynamics|d365|oracle|netsuite|erpnext|frappe|odoo|oca|idempiere|peoplesoft|jd ?edwards|ariba|servicenow|coupa|celonis|tryton|metasfresh|infor|microsoft)\b/i

describe('the source of the core', () => {
  const files = globSync('**/*.ts', { cwd: source }).map((file) => file.replaceAll('\\', '/'))

  it('is found', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(files).toContain(own)
  })

  it('names no vendor of a system, in code or in words', () => {
    const named = files
      .filter((file) => file !== own)
      .flatMap((file) => {
        const lines = readFileSync(`${source}${file}`, 'utf8').split('\n')
        return lines.flatMap((line, index) => {
          const found = vendors.exec(line.replaceAll('decimal-oracle', ''))
          return found === null ? [] : [`${file}:${index + 1}: ${found[0]}`]
        })
      })
    expect(named).toEqual([])
  })
})
