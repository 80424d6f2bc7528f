import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { forgetfulStores } from './forgetful-store.examples.ts'
import { tenantCases } from './tenants.ts'

const [check] = Object.values(tenantCases)
const checked = async (store = createMemoryStore()) =>
  check?.({ store, dispose: () => store.close() })

describe('the case about tenants', () => {
  it('finds nothing in a store that keeps them apart', async () => {
    await expect(checked()).resolves.toBeUndefined()
  })

  it.each(Object.keys(forgetfulStores))(
    'finds a store that forgets the tenant in %s',
    async (name) => {
      const forget = forgetfulStores[name]
      await expect(checked(forget?.(createMemoryStore()))).rejects.toThrow('sees')
    },
  )
})
