import { parseAsStringLiteral } from 'nuqs'

export const RUN_TABS = ['charts', 'config', 'environment', 'console', 'system', 'data', 'lineage'] as const
export type RunTab = (typeof RUN_TABS)[number]

export const TAB_LABELS: Record<RunTab, string> = {
  charts: 'Charts',
  config: 'Config',
  environment: 'Environment',
  console: 'Console',
  system: 'System',
  data: 'Data',
  lineage: 'Lineage',
}

/** The open tab, in the address as `tab`; nonsense falls back to charts. */
export const runTabParser = parseAsStringLiteral(RUN_TABS).withDefault('charts').withOptions({ history: 'push' })
