import type { Metadata } from 'next'
import { Gallery } from './gallery.tsx'

export const metadata: Metadata = { title: 'Chart gallery' }

/** Every kind of chart in every state, from fixtures: needs no runs. */
export default function GalleryPage() {
  return <Gallery />
}
