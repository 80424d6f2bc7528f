import type { CheckFinding } from './check-finding.ts'
import type { WantedHold } from './match-result.ts'

/** The holds failed checks want placed. Checks that want the same hold at the same place share it, with both reasons. */
export function wantedHolds(
  findings: readonly CheckFinding[],
  lineCount: number,
): readonly WantedHold[] {
  const holds = new Map<string, WantedHold>()
  for (const finding of findings) {
    const hold = wantedHold(finding, lineCount)
    if (hold === null) continue
    const same = holds.get(hold.text)
    holds.set(hold.text, same === undefined ? hold : both(same, hold))
  }
  return [...holds.values()]
}

/** `CODE:charge`, `CODE:field`, `CODE:line` on an invoice of several lines, else `CODE`; null where nothing is held. */
export function holdTextOf(finding: CheckFinding, lineCount: number): string | null {
  return wantedHold(finding, lineCount)?.text ?? null
}

function wantedHold({ result, blocks }: CheckFinding, lineCount: number): WantedHold | null {
  const { holdCode: code, sentence: reason } = result
  if (code === null) return null
  const { scope, scopeKey } = scopeOf(result)
  const isNamed = scopeKey !== null && (scope !== 'line' || lineCount > 1)
  const text = isNamed ? `${code}:${scopeKey}` : code
  return { text, code, scope, scopeKey, blocks, reason }
}

function scopeOf({ code, field, invoiceLineNumber }: CheckFinding['result']) {
  if (code !== null) return { scope: 'charge', scopeKey: code } as const
  if (field !== null) return { scope: 'field', scopeKey: field } as const
  if (invoiceLineNumber !== null) return { scope: 'line', scopeKey: invoiceLineNumber } as const
  return { scope: 'invoice', scopeKey: null } as const
}

function both(first: WantedHold, second: WantedHold): WantedHold {
  const blocks = first.blocks === 'posting' ? 'posting' : second.blocks
  const isSame = first.reason.includes(second.reason)
  return { ...first, blocks, reason: isSame ? first.reason : `${first.reason}; ${second.reason}` }
}
