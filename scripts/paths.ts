import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')
/** Everything that is published and everything that is built, except Next's own work folder. */
export const DIST = join(ROOT, 'dist')
export const WEB = join(DIST, 'web')
