import { statfsSync } from 'node:fs'

/** Linux `statfs` types of file systems shared between machines, where the shared memory of WAL does not work. */
const NETWORK: Record<number, string> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB2',
  16914839: '9P',
  198183888: 'Lustre',
  1196443219: 'GPFS',
  12805120: 'Ceph',
  1397113167: 'AFS',
  428016422: 'BeeGFS',
}

/** Name of the network file system that holds `folder`, else null. `typeOf` is for tests. */
export function networkFileSystem(folder: string, typeOf = (path: string) => statfsSync(path).type): string | null {
  if (process.platform !== 'linux') return null
  try {
    return NETWORK[typeOf(folder) >>> 0] ?? null
  } catch {
    return null
  }
}
