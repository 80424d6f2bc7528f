import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BusinessCalendar } from '@counterfoil/core'
import { readJsonAs } from './read-json-as.ts'
import type { RuleSetFileFinding } from './load-rule-set-folder.ts'

/** The calendars of a folder of rule sets, `calendars/*.json`, and what is wrong with those that are none. */
export const readCalendars = (
  folder: string,
): {
  readonly calendars: readonly BusinessCalendar[]
  readonly findings: readonly RuleSetFileFinding[]
} => {
  const findings: RuleSetFileFinding[] = []
  const files = globSync('calendars/*.json', { cwd: folder }).map((file) =>
    file.replaceAll('\\', '/'),
  )
  const calendars = files.toSorted().flatMap((file) => {
    const read = readJsonAs(BusinessCalendar, readFileSync(join(folder, file), 'utf8'))
    if ('value' in read) return [read.value]
    findings.push({ file, pointer: read.pointer, sentence: `${read.why}: correct it` })
    return []
  })
  return { calendars, findings }
}
