'use client'

import { ClipboardCopy, Download, Image as ImageIcon, TriangleAlert } from 'lucide-react'
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import { clipboardTable } from '../../core/table/formats/clipboard.ts'
import { TABLE_FORMATS } from '../../core/table/formats/registry.ts'
import { svgFormat } from '../../core/table/formats/svg.ts'
import { DEFAULT_FORMAT_OPTIONS } from '../../core/table/formats/table-format.ts'
import { VENUES, type VenueId } from '../../core/table/formats/venues.ts'
import type { TableDocument } from '../../core/table/table-document.ts'
import { Select } from '../_charts/select.tsx'
import { Button } from '../_ui/button.tsx'
import { Section } from '../_ui/section.tsx'
import { Tabs } from '../_ui/tabs.tsx'
import { useToast } from '../_ui/toast.tsx'
import { copyPlain, copyTable } from './copy-table.ts'
import { RebuildCommand } from './rebuild-command.tsx'
import { SettingCheck } from './setting-row.tsx'
import { savePng, saveTable } from './table-files.ts'
import type { TableEditor } from './use-table-editor.ts'

const PARSERS = {
  format: parseAsString,
  venue: parseAsString,
  siunitx: parseAsBoolean.withDefault(false),
  unicode: parseAsBoolean.withDefault(false),
}
/** Shorter names for tabs than the titles of menus and help. */
const TABS: Record<string, string> = {
  latex: 'LaTeX',
  'latex-tabular': 'tabular',
  typst: 'Typst',
  markdown: 'Markdown',
  html: 'HTML',
  csv: 'CSV',
  'csv-long': 'CSV, long',
  tsv: 'TSV',
  json: 'JSON',
  svg: 'SVG',
  checklist: 'Checklist',
}

interface ExportPanelProps {
  study: Study
  result: StudyResult
  document: TableDocument
  editor: TableEditor
}

/** The exact text of each format, to copy or download; and ways into word processors. */
export function ExportPanel({ study, result, document, editor }: ExportPanelProps) {
  const [params, setParams] = useQueryStates(PARSERS)
  const toast = useToast()
  const format = TABLE_FORMATS.find(({ id }) => id === params.format) ?? TABLE_FORMATS[0]!
  const venue: VenueId = params.venue !== null && Object.hasOwn(VENUES, params.venue) ? (params.venue as VenueId) : 'plain'
  const { siunitx, unicode } = params
  const source = useMemo(() => ({ document, result }), [document, result])
  const options = useMemo(() => ({ venue, siunitx, unicode }), [venue, siunitx, unicode])
  const text = useMemo(() => format.write(source, options), [format, source, options])
  const warnings = useMemo(() => format.warnings?.(source, options) ?? [], [format, source, options])
  const isLatex = format.id.startsWith('latex')
  const tell = (work: Promise<void>, done: string | null) =>
    void work.then(
      () => done && toast(done),
      (error: Error) => toast(`Not done: ${error.message}`, 'danger'),
    )
  return (
    <Section title="Export" testId="export-panel">
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-1.5">
          <Button
            size="small"
            onClick={() => tell(copyTable(clipboardTable(document)), 'Copied: paste it into Word, Google Docs or Excel.')}
            data-testid="copy-table"
          >
            <ClipboardCopy size={13} />
            Copy for Word, Docs, Excel
          </Button>
          <Button
            size="small"
            onClick={() => tell(savePng(study.name, svgFormat.write(source, DEFAULT_FORMAT_OPTIONS)), null)}
            data-testid="download-png"
          >
            <ImageIcon size={13} />
            PNG
          </Button>
          <Button
            size="small"
            onClick={() => saveTable(study.name, svgFormat, svgFormat.write(source, DEFAULT_FORMAT_OPTIONS))}
            data-testid="download-svg"
          >
            <ImageIcon size={13} />
            SVG
          </Button>
        </div>
        <Tabs
          label="Format"
          value={format.id}
          onChange={(id) => void setParams({ format: id === TABLE_FORMATS[0]!.id ? null : id })}
          tabs={TABLE_FORMATS.map(({ id, title }) => ({ value: id, label: <span title={title}>{TABS[id] ?? title}</span> }))}
        />
        {isLatex ? (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <span className="flex items-center gap-1.5">
              <span className="text-muted">Template</span>
              <Select
                label="Template of the paper"
                value={venue}
                onChange={(id) => void setParams({ venue: id === 'plain' ? null : id })}
                groups={[{ options: Object.values(VENUES).map(({ id, title }) => ({ value: id, label: title })) }]}
                testId="venue"
              />
            </span>
            <SettingCheck
              name="siunitx"
              title="Align numbers with siunitx columns"
              checked={siunitx}
              onChange={(on) => void setParams({ siunitx: on || null })}
            />
            <SettingCheck
              name="Unicode"
              title="Keep letters beyond Latin, for XeLaTeX and LuaLaTeX"
              checked={unicode}
              onChange={(on) => void setParams({ unicode: on || null })}
            />
          </div>
        ) : null}
        {warnings.length > 0 ? (
          <ul className="flex flex-col gap-0.5 text-sm text-warning" data-testid="format-warnings">
            {warnings.map((warning) => (
              <li key={warning} className="flex items-start gap-1.5">
                <TriangleAlert size={13} className="mt-px shrink-0" />
                <span className="min-w-0 break-words">{warning}</span>
              </li>
            ))}
          </ul>
        ) : null}
        <div className="relative rounded border border-border bg-surface">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be within reach of the keyboard
            tabIndex={0}
            role="region"
            className="max-h-96 overflow-auto py-2.5 pr-24 pl-3 font-mono text-sm leading-4 whitespace-pre"
            data-testid="export-text"
            aria-label={format.title}
          >
            {text}
          </pre>
          <span className="absolute top-1.5 right-2 flex gap-1 bg-surface">
            <Button size="small" onClick={() => tell(copyPlain(text), 'Copied.')} data-testid="copy-export">
              Copy
            </Button>
            <Button
              size="small-icon"
              aria-label={`Download ${format.title}`}
              title="Download"
              onClick={() => saveTable(study.name, format, text)}
              data-testid="download-export"
            >
              <Download size={13} />
            </Button>
          </span>
        </div>
        <RebuildCommand study={study} editor={editor} format={format} options={options} />
      </div>
    </Section>
  )
}
