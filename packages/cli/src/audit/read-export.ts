/** One entry of an exported chain as it stands in the file. */
export type ExportedRow = {
  readonly value: unknown
  /** Its place in the file, from 1: the line of one-a-line exports, else the place in the list. */
  readonly number: number
  /** Why the text of the entry is no JSON. */
  readonly fault?: string
}

/**
 * The entries of an export: a JSON array of them, an answer of the audit query with its `rows`, or one entry a line. A
 * line that is no JSON keeps its place.
 */
export function readExport(text: string): readonly ExportedRow[] {
  const content = text.replace(/^\uFEFF/, '')
  const whole = parse(content)
  const listed = listOf(whole.value)
  if (listed !== null) return listed.map((value, index) => ({ value, number: index + 1 }))
  return content.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return []
    const { value, fault } = parse(line)
    return [{ value, number: index + 1, ...(fault === undefined ? {} : { fault }) }]
  })
}

function parse(text: string): { readonly value?: unknown; readonly fault?: string } {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { fault: 'it is no JSON' }
  }
}

function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return null
  const rows: unknown = Reflect.get(value, 'rows')
  return Array.isArray(rows) ? rows : null
}
