import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { storeContract } from './store-contract.ts'
import { temporaryFolder } from './temporary-folder.ts'

storeContract('sqlite', async () => {
  const { path, remove } = temporaryFolder()
  const open: Store[] = []
  const another = async () => {
    const store = await openStore(path('store.db'), { mode: 'create' })
    open.push(store)
    return store
  }
  return {
    store: await another(),
    another,
    close: async () => {
      for (const store of open) await store.close()
      remove()
    },
  }
})
