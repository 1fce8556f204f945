import { afterEach, beforeEach, describe } from 'vitest'
import { chartsContract } from './contract/charts.ts'
import { deliveriesContract } from './contract/deliveries.ts'
import { findingsContract } from './contract/findings.ts'
import { linksContract } from './contract/links.ts'
import type { MakeStore, StoreUnderTest } from './contract/make.ts'
import { pointsContract } from './contract/points.ts'
import { recordsContract } from './contract/records.ts'
import { runsContract } from './contract/runs.ts'
import { studiesContract } from './contract/studies.ts'
import { tokensContract } from './contract/tokens.ts'

/** What every dialect must do. Each test has a store of its own. */
export function storeContract(dialect: string, make: MakeStore): void {
  let current: StoreUnderTest | undefined
  const at = () => current!
  beforeEach(async () => {
    current = await make()
  })
  afterEach(async () => {
    await current?.close()
  })
  describe(`${dialect}: runs`, () => runsContract(at))
  describe(`${dialect}: points`, () => pointsContract(at))
  describe(`${dialect}: charts`, () => chartsContract(at))
  describe(`${dialect}: records and overview`, () => recordsContract(at))
  describe(`${dialect}: links and pruning`, () => linksContract(at))
  describe(`${dialect}: findings`, () => findingsContract(at))
  describe(`${dialect}: studies`, () => studiesContract(at))
  describe(`${dialect}: deliveries`, () => deliveriesContract(at))
  describe(`${dialect}: tokens`, () => tokensContract(at))
}
