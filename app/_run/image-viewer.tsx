'use client'

import { ChevronLeft, ChevronRight, Download, Minus, Plus } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { formatBytes } from '../../core/format-bytes.ts'
import { formatCount } from '../../core/format-number.ts'
import type { StoredRecord } from '../../core/stored-record.ts'
import { useInView } from '../_charts/use-in-view.ts'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { imageScale } from './image-scale.ts'
import { imageAddress, imageOf, RecordImage } from './record-image.tsx'

interface ImageViewerProps {
  /** The image shown; null: closed. */
  record: StoredRecord | null
  /** Images of the same name in order, which ← and → go through. */
  siblings: readonly StoredRecord[]
  /** Names in order, which ↑ and ↓ go through; the newest image of each. */
  neighbours: readonly StoredRecord[]
  onShow: (record: StoredRecord | null) => void
}

const LARGEST = 64

/** One image as large as the window allows, or at any whole enlargement; keys go through steps and names. */
export function ImageViewer({ record, siblings, neighbours, onShow }: ImageViewerProps) {
  return (
    <Dialog
      open={record !== null}
      onClose={() => onShow(null)}
      title={record ? `${record.name}, step ${formatCount(record.step)}` : ''}
      width="w-[min(1100px,96vw)]"
    >
      {record ? <Viewer record={record} siblings={siblings} neighbours={neighbours} onShow={onShow} /> : null}
    </Dialog>
  )
}

function Viewer({ record, siblings, neighbours, onShow }: ImageViewerProps & { record: StoredRecord }) {
  const area = useRef<HTMLDivElement>(null)
  const { width, height } = useInView(area)
  const [zoom, setZoom] = useState<number | null>(null)
  const image = imageOf(record)
  const fitted = imageScale(image, { width: Math.max(1, width), height: Math.max(1, height) }, LARGEST)
  const scale = zoom ?? fitted.scale
  const shown = { width: Math.round(image.width * scale), height: Math.round(image.height * scale), pixelated: scale >= 1 }
  const at = siblings.findIndex((one) => one.id === record.id)
  const name = neighbours.findIndex((one) => one.name === record.name)
  const go = (next: StoredRecord | undefined) => next && onShow(next)
  const change = (direction: 1 | -1) => setZoom(nextZoom(scale, direction))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowRight') go(siblings[at + 1])
    else if (event.key === 'ArrowLeft') go(siblings[at - 1])
    else if (event.key === 'ArrowDown') go(neighbours[name + 1])
    else if (event.key === 'ArrowUp') go(neighbours[name - 1])
    else if (event.key === 'Home') go(siblings[0])
    else if (event.key === 'End') go(siblings.at(-1))
    else if (event.key === '+' || event.key === '=') change(1)
    else if (event.key === '-') change(-1)
    else if (event.key === '0') setZoom(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the buttons below, wherever the focus is inside
    <div className="flex flex-col gap-2" onKeyDown={onKeyDown} data-testid="image-viewer">
      <div ref={area} tabIndex={-1} data-autofocus className="h-[min(62vh,640px)] overflow-auto rounded-sm outline-none">
        {width > 0 ? (
          <div className="flex min-h-full min-w-full items-center justify-center" style={{ width: shown.width, height: shown.height }}>
            <RecordImage record={record} {...shown} eager className="shrink-0" />
          </div>
        ) : null}
      </div>
      {image.caption ? <p className="text-sm [overflow-wrap:anywhere]">{image.caption}</p> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-sm text-muted">
        <span className="flex items-center gap-1">
          <Button
            size="small-icon"
            look="quiet"
            aria-label="Previous step"
            title="Previous step (←)"
            disabled={at <= 0}
            onClick={() => go(siblings[at - 1])}
          >
            <ChevronLeft size={14} />
          </Button>
          <span className="num min-w-24 text-center">
            step {formatCount(record.step)}{' '}
            <span className="text-faint">
              ({at + 1} of {siblings.length})
            </span>
          </span>
          <Button
            size="small-icon"
            look="quiet"
            aria-label="Next step"
            title="Next step (→)"
            disabled={at >= siblings.length - 1}
            onClick={() => go(siblings[at + 1])}
          >
            <ChevronRight size={14} />
          </Button>
        </span>
        <span className="flex items-center gap-1">
          <Button size="small-icon" look="quiet" aria-label="Smaller" title="Smaller (−)" onClick={() => change(-1)}>
            <Minus size={13} />
          </Button>
          <span className="num w-14 text-center">{scale >= 1 ? `${Math.round(scale)} ×` : `${Math.round(scale * 100)} %`}</span>
          <Button size="small-icon" look="quiet" aria-label="Larger" title="Larger (+)" onClick={() => change(1)}>
            <Plus size={13} />
          </Button>
          <Button size="small" look="quiet" title="Fit the window (0)" onClick={() => setZoom(null)}>
            Fit
          </Button>
        </span>
        <span className="num">
          {image.width} × {image.height} pixels, {image.type.slice('image/'.length).toUpperCase()}, {formatBytes(image.bytes)}
        </span>
        <a className="inline-flex items-center gap-1 text-accent hover:underline" href={imageAddress(record)} download={fileNameOf(record)}>
          <Download size={13} aria-hidden /> Save
        </a>
        <span className="text-faint max-sm:hidden">← → steps, ↑ ↓ names, + − 0 size</span>
      </div>
    </div>
  )
}

/** Whole enlargements above 1, halves below: no size blurs. */
function nextZoom(scale: number, direction: 1 | -1): number {
  if (direction === 1) return scale < 1 ? Math.min(1, scale * 2) : Math.min(LARGEST, Math.floor(scale) + Math.max(1, Math.floor(scale / 4)))
  return scale <= 1 ? Math.max(1 / 16, scale / 2) : Math.max(1, Math.ceil(scale) - Math.max(1, Math.floor(scale / 4)))
}

function fileNameOf(record: StoredRecord): string {
  return `${record.name.replace(/[^A-Za-z0-9._-]+/g, '-')}-step-${record.step}.${imageOf(record).type.slice('image/'.length)}`
}
