import type { ImageValue } from '../../core/kinds/values.ts'
import type { StoredRecord } from '../../core/stored-record.ts'
import { classNames } from '../_ui/class-names.ts'

export const imageOf = (record: StoredRecord) => record.payload as unknown as ImageValue

/** Address of the bytes, as logged. */
export const imageAddress = (record: StoredRecord) => `/api/blob/${record.blobHash ?? imageOf(record).hash}`

interface RecordImageProps {
  record: StoredRecord
  /** CSS pixels. */
  width: number
  height: number
  pixelated: boolean
  /** Not to wait until it is scrolled to. */
  eager?: boolean
  className?: string
}

/** A logged image at a size of one's own. */
export function RecordImage({ record, width, height, pixelated, eager, className }: RecordImageProps) {
  return (
    // biome-ignore lint/performance/noImgElement: served by our own blob route, which Next must not resize
    <img
      src={imageAddress(record)}
      alt={imageOf(record).caption ?? `${record.name} at step ${record.step}`}
      width={width}
      height={height}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      className={classNames('block max-w-none bg-surface', className)}
      style={{ width, height, imageRendering: pixelated ? 'pixelated' : undefined }}
    />
  )
}
