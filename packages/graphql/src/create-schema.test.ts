import { makeExecutableSchema } from '@graphql-tools/schema'
import {
  graphql,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { anOrder, maria, openBooks } from './books.examples.ts'
import { createCounterfoilSchema, resolvers } from './create-schema.ts'
import { definedEnums, typeDefs } from './type-definitions.ts'

const schema = createCounterfoilSchema({ runtime: {} as never })
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))
const own = types.filter(({ name }) => !['String', 'Int', 'Float', 'Boolean', 'ID'].includes(name))

describe('schema', () => {
  it('prints as reviewed', () => {
    expect(printSchema(lexicographicSortSchema(schema))).toMatchSnapshot()
  })

  it('says of every type, field and argument what it is', () => {
    expect(own.length).toBeGreaterThan(100)
    expect(own.flatMap(undescribed)).toEqual([])
  })

  it('has a resolver for everything that can be asked and decided', () => {
    for (const root of [schema.getQueryType(), schema.getMutationType()]) {
      const fields = Object.values(root?.getFields() ?? {})
      expect(fields.length).toBeGreaterThan(10)
      const bare = fields.filter(({ resolve }) => resolve === undefined).map(({ name }) => name)
      expect(bare).toEqual([])
    }
  })

  it('has resolvers for nothing that is not in it', () => {
    const unknown = Object.entries(resolvers).flatMap(([name, fields]) => {
      const type = schema.getType(name)
      if (type === undefined) return [name]
      if (!isObjectType(type)) return []
      return Object.keys(fields)
        .filter((field) => type.getFields()[field] === undefined)
        .map((field) => `${name}.${field}`)
    })
    expect(unknown).toEqual([])
  })

  it('writes our words as GraphQL writes enum values', () => {
    for (const { name, values } of definedEnums) {
      const type = schema.getType(name)
      if (!isEnumType(type)) throw new Error(`${name} is no enum`)
      const words = type.getValues().map((one) => [one.name, one.value])
      expect(Object.fromEntries(words)).toEqual(values)
      for (const value of Object.keys(values)) expect(value).toMatch(/^[A-Z][A-Z0-9_]*$/)
    }
  })

  it('pages every list that can be long', () => {
    const connections = types.filter(({ name }) => name.endsWith('Connection'))
    for (const { name } of connections) {
      const using = types
        .filter(isObjectType)
        .flatMap((type) => Object.values(type.getFields()))
        .filter((field) => String(field.type) === `${name}!`)
      expect(using.length, name).toBeGreaterThan(0)
      for (const { args } of using) {
        expect(args.map((arg) => arg.name)).toEqual(expect.arrayContaining(['first', 'after']))
      }
    }
  })

  it('can be merged by a host with types of its own, over the runtime its context names (R-130)', async () => {
    const own = makeExecutableSchema({
      typeDefs: [typeDefs, 'extend type Order { erpUrl: String! }'],
      resolvers: [
        resolvers,
        { Order: { erpUrl: (order: { orderNumber: string }) => `erp:${order.orderNumber}` } },
      ],
    })
    const { runtime, receive } = openBooks()
    await receive(anOrder())
    const source = '{ orders { nodes { orderNumber erpUrl } } }'
    const found = await graphql({ schema: own, source, contextValue: { ...maria, runtime } })
    expect(JSON.parse(JSON.stringify(found))).toEqual({
      data: { orders: { nodes: [{ orderNumber: '4711', erpUrl: 'erp:4711' }] } },
    })
    const { errors } = await graphql({ schema: own, source, contextValue: { ...maria } })
    expect(errors?.[0]?.extensions['code']).toBe('RUNTIME_MISSING')
  })
})

function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description ? [] : [type.name]
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      if (!field.description) missing.push(`${type.name}.${field.name}`)
      for (const arg of field.args) {
        if (!arg.description) missing.push(`${type.name}.${field.name}(${arg.name})`)
      }
    }
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      if (!field.description) missing.push(`${type.name}.${field.name}`)
    }
  }
  return missing
}
