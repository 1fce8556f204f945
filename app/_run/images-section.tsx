'use client'

import { Section } from '../_ui/section.tsx'
import { WhenNear } from '../_ui/when-near.tsx'
import { ImageGrid } from './image-grid.tsx'
import type { RunData } from './run-data.ts'

const FILTERS = 'filters/'
const isFilter = (name: string) => name.startsWith(FILTERS)
const isNoFilter = (name: string) => !isFilter(name)

/** Weights of the first layer as pictures: structure is what it has learned, noise that it has not. */
export function FiltersSection({ data }: { data: RunData }) {
  const n = namesOf(data, isFilter)
  if (n === 0) return null
  return (
    <Section title="First-layer filters" count={n} testId="filters-section">
      <WhenNear height={420}>
        <ImageGrid data={data} wanted={isFilter} size={{ width: 420, height: 340 }} />
      </WhenNear>
    </Section>
  )
}

/** Every other logged image. */
export function ImagesSection({ data }: { data: RunData }) {
  const n = namesOf(data, isNoFilter)
  if (n === 0) return null
  return (
    <Section title="Images" count={n} testId="images-section">
      <WhenNear height={240}>
        <ImageGrid data={data} wanted={isNoFilter} size={{ width: 220, height: 180 }} />
      </WhenNear>
    </Section>
  )
}

function namesOf({ records }: RunData, wanted: (name: string) => boolean): number {
  return records.filter((record) => record.kind === 'image' && wanted(record.name)).length
}
