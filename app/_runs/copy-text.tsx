'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../_ui/button.tsx'

/** Code with a button that copies it. */
export function CopyText({ text }: { text: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_500)
  }
  return (
    <div className="relative rounded border border-border bg-surface">
      <pre className="overflow-x-auto py-2.5 pr-12 pl-3 font-mono text-sm leading-5">{text}</pre>
      <Button look="quiet" size="small-icon" className="absolute top-1.5 right-1.5 bg-surface" aria-label="Copy" onClick={() => void copy()}>
        {copied ? <Check size={13} /> : <Copy size={13} />}
      </Button>
    </div>
  )
}
