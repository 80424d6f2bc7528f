import type { ItemIdentifiers } from '@counterfoil/core'
import type * as z from 'zod'
import { cutText, quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/** The item numbers of a segment by qualifier (X12 235), with the element each stands in. */
export type ItemNumbers = ReadonlyMap<string, { readonly value: string; readonly element: number }>

/** Item numbers as a document draft carries them, before its schema has seen them. */
export type ItemDraft = z.input<typeof ItemIdentifiers>

/** Reads the pairs of qualifier and number from an element on; of one qualifier the first number counts. */
export const readItemNumbers = (
  reading: SetReading,
  segment: Segment,
  firstElement: number,
  elementMax = 26,
): ItemNumbers => {
  const numbers = new Map<string, { readonly value: string; readonly element: number }>()
  for (let element = firstElement; element < elementMax; element += 2) {
    const qualifier = elementText(segment, element)
    const value = elementText(segment, element + 1)
    if (qualifier !== '' && value === '') {
      note(
        reading,
        'x12-item-number-missing',
        { segment, element: element + 1 },
        {
          severity: 'warning',
          sentence: `qualifier ${quoted(qualifier)} announces an item number and none follows`,
        },
      )
    } else if (qualifier !== '' && !numbers.has(qualifier)) {
      numbers.set(qualifier, { value, element: element + 1 })
    }
  }
  return numbers
}

const buyerQualifiers = ['BP', 'IN', 'PI', 'CB', 'SK']
const supplierQualifiers = ['VN', 'VP', 'VC', 'VA']
const manufacturerQualifiers = ['MG', 'MF']
/** Trade units before consumer units: a case ordered by its own GTIN is not the piece inside. */
const gtinQualifiers = ['UK', 'UA', 'EN', 'UP', 'UE', 'EO']

/** The four numbers an item is known by, out of all its pairs. A GTIN of a wrong length is reported and left out. */
export const identifyItem = (
  reading: SetReading,
  segment: Segment,
  numbers: ItemNumbers,
): ItemDraft => {
  const buyerItem = firstOf(numbers, buyerQualifiers)
  const supplierItem = firstOf(numbers, supplierQualifiers)
  const manufacturerItem = firstOf(numbers, manufacturerQualifiers)
  const gtin = readGtin(reading, segment, numbers)
  return {
    ...(buyerItem === null ? {} : { buyerItem }),
    ...(supplierItem === null ? {} : { supplierItem }),
    ...(gtin === null ? {} : { gtin }),
    ...(manufacturerItem === null ? {} : { manufacturerItem }),
  }
}

const itemNumberCharactersMax = 80

const firstOf = (numbers: ItemNumbers, qualifiers: readonly string[]): string | null => {
  for (const qualifier of qualifiers) {
    const found = numbers.get(qualifier)
    if (found !== undefined) return cutText(found.value, itemNumberCharactersMax)
  }
  return null
}

const readGtin = (reading: SetReading, segment: Segment, numbers: ItemNumbers): string | null => {
  for (const qualifier of gtinQualifiers) {
    const found = numbers.get(qualifier)
    if (found === undefined) continue
    const digits = found.value.replace(/[\s-]/g, '')
    const at = { segment, element: found.element }
    if (!/^\d{8}(?:\d{4,6})?$/.test(digits)) {
      note(reading, 'x12-gtin-invalid', at, {
        severity: 'warning',
        sentence: `${quoted(found.value)} is not a GTIN, which has 8, 12, 13 or 14 digits: it is left out`,
      })
      continue
    }
    if (!hasRightCheckDigit(digits)) {
      note(reading, 'x12-check-digit', at, {
        severity: 'info',
        sentence: `the last digit of GTIN ${quoted(digits)} is not its check digit: the number is kept, a digit may be wrong`,
      })
    }
    return digits
  }
  return null
}

/** The GS1 check digit: from the right, digits weigh 3 and 1 in turn, and all together make a multiple of ten. */
export const hasRightCheckDigit = (digits: string): boolean => {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const weight = (digits.length - 1 - index) % 2 === 0 ? 1 : 3
    sum += (digits.charCodeAt(index) - 48) * weight
  }
  return sum % 10 === 0
}
