import type { Store } from '../store/store.ts'
import type { LoadedAggregate } from '../store/stored-records.ts'
import type { Machines } from './machines.ts'
import { takeState } from './take-state.ts'

/** A store that gives every state as the machines registered here go on with it, or refuses it by `STATE_NOT_TAKEN`. */
export function takingStore(store: Store, machines: Machines): Store {
  return {
    ...store,
    load: async (requests) => {
      const loaded = await store.load(requests)
      return Promise.all(
        loaded.map(async (one, index): Promise<LoadedAggregate> => {
          const tenant = requests[index]?.tenant ?? ''
          const { reference, state } = one
          if (state === null) return one
          return { ...one, state: await takeState(store, machines, { tenant, reference, state }) }
        }),
      )
    },
  }
}
