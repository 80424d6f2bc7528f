import { describe, expect, it } from 'vitest'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { mapTextsAt, personalFieldsOf, personalFieldsOfActor, textsAt } from './personal-fields.ts'
import { mapPersonTokens, personToken, personTokensIn } from './person-token.ts'

describe('fields that name a person', () => {
  it('are found in the schemas, through lists and optional fields', () => {
    expect(personalFieldsOf.get('purchase-order')).toEqual([['approvals', '*', 'approvedBy']])
    expect(personalFieldsOf.get('invoice')).toEqual([])
    expect(personalFieldsOfActor).toEqual([['id'], ['onBehalfOf']])
  })

  it('are read and changed, and nothing else is', () => {
    const approvedAt = '2026-11-20T10:00:00Z'
    const order = {
      ...aPurchaseOrder(),
      approvals: [
        { approvedBy: 'Ada Berg', approvedAt },
        { approvedBy: 'Kim Roth', approvedAt, role: 'Ada Berg' },
      ],
    }
    const fields = personalFieldsOf.get('purchase-order') ?? []
    expect(textsAt(order, fields)).toEqual(['Ada Berg', 'Kim Roth'])
    expect(mapTextsAt(order, fields, (name) => `<${name}>`)).toEqual({
      ...order,
      approvals: [
        { approvedBy: '<Ada Berg>', approvedAt },
        { approvedBy: '<Kim Roth>', approvedAt, role: 'Ada Berg' },
      ],
    })
    expect(textsAt(aPurchaseOrder(), fields)).toEqual([])
  })
})

describe('what stands for a person', () => {
  const ada = personToken({ name: 'Ada "Berg"', salt: 'a' })
  const kim = personToken({ name: 'Kim Roth', salt: 'a' })

  it('is another with another salt, and short enough for every field that holds a name', () => {
    expect(ada).toHaveLength(71)
    expect(personToken({ name: 'Ada "Berg"', salt: 'b' })).not.toBe(ada)
  })

  it('is found and changed wherever it stands in a text', () => {
    const said = { by: ada, sentence: `${kim} asked ${ada}`, more: [{ role: 'buyer', n: 1 }] }
    expect(personTokensIn(said)).toEqual([ada, kim])
    const named = mapPersonTokens(said, (token) => (token === ada ? 'Ada "Berg"' : 'somebody'))
    expect(named).toEqual({
      by: 'Ada "Berg"',
      sentence: 'somebody asked Ada "Berg"',
      more: [{ role: 'buyer', n: 1 }],
    })
    expect(personTokensIn(undefined)).toEqual([])
  })
})
