import type { Finding } from '@counterfoil/core'
import type { FindingMaker } from './json-findings.ts'

const charactersMax = 32_000_000
const depthMax = 64

/** What makes a text not worth parsing: too long, or nested so deeply that it could be read but never written again. */
export function checkJsonText(text: string, finding: FindingMaker): Finding | null {
  if (text.length > charactersMax) {
    const sentence = `the text has ${text.length} characters, at most ${charactersMax} are read: split the delivery`
    return finding('json-too-large', sentence, { offset: 0, path: '' })
  }
  const offset = firstTooDeep(text)
  if (offset === null) return null
  const sentence = `nested deeper than ${depthMax}: no trade document is`
  return finding('json-too-deep', sentence, { offset, path: '' })
}

function firstTooDeep(text: string): number | null {
  let depth = 0
  let isInString = false
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset]
    if (isInString) {
      if (character === '\\') offset += 1
      else if (character === '"') isInString = false
    } else if (character === '"') {
      isInString = true
    } else if (character === '{' || character === '[') {
      depth += 1
      if (depth > depthMax) return offset
    } else if (character === '}' || character === ']') {
      depth -= 1
    }
  }
  return null
}
