import {
  GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { createCounterfoilSchema } from './create-schema.ts'

const schema = createCounterfoilSchema({ runtime: {} as never })

describe('schema', () => {
  it('prints as reviewed', () => {
    expect(printSchema(lexicographicSortSchema(schema))).toMatchSnapshot()
  })
})
