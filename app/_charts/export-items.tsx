'use client'

import { Download, FileSpreadsheet, Image as ImageIcon, Link2 } from 'lucide-react'
import { MenuItem, MenuSeparator } from '../_ui/menu.tsx'
import { useToast } from '../_ui/toast.tsx'
import type { ChartKind } from './chart-kind.ts'
import { exportCsv, exportPng, exportSvg } from './export-chart.ts'
import { useLook } from './theme.ts'

interface ExportItemsProps<Data> {
  id: string
  title: string
  kind: ChartKind<Data>
  data: Data
  /** Addresses of the full data, one per run. */
  fullData?: { label: string; href: string }[]
}

const LINKS_MAX = 6
/** Pixels of the page; the file has twice as many. */
const PNG_WIDTH = 800

/** Menu items: picture, figure for a paper, data as drawn, full data, link to this card. */
export function ExportItems<Data>({ id, title, kind, data, fullData = [] }: ExportItemsProps<Data>) {
  const look = useLook()
  const toast = useToast()
  const tell = (work: Promise<void>) => void work.catch((error: Error) => toast(`Export failed: ${error.message}`, 'danger'))
  const copyLink = () => {
    const url = new URL(window.location.href)
    url.hash = id
    tell(navigator.clipboard.writeText(url.href).then(() => toast('Link copied')))
  }
  return (
    <>
      <MenuItem icon={<ImageIcon size={13} />} onSelect={() => tell(exportPng(kind, data, title, look, PNG_WIDTH))}>
        PNG
      </MenuItem>
      <MenuItem icon={<Download size={13} />} onSelect={() => tell(exportSvg(kind, data, title, 'column'))}>
        SVG for a paper column (3.3 in)
      </MenuItem>
      <MenuItem icon={<Download size={13} />} onSelect={() => tell(exportSvg(kind, data, title, 'page'))}>
        SVG for a paper page (6.9 in)
      </MenuItem>
      <MenuItem icon={<FileSpreadsheet size={13} />} onSelect={() => exportCsv(kind, data, title)}>
        CSV of what is drawn
      </MenuItem>
      {fullData.slice(0, LINKS_MAX).map(({ label, href }) => (
        <MenuItem key={href} icon={<FileSpreadsheet size={13} />} onSelect={() => window.location.assign(href)}>
          {`CSV, all points${fullData.length > 1 ? ` of ${label}` : ''}`}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<Link2 size={13} />} onSelect={copyLink}>
        Copy link to this chart
      </MenuItem>
    </>
  )
}
