'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { useToast } from './toast.tsx'

const SHOWN_MS = 1_500

/** Copies `text()`; asked for at the click, so that a long text is made only when wanted. */
export function CopyButton({ text, label, compact }: { text: () => string; label: string; compact?: boolean }) {
  const [copied, setCopied] = useState(false)
  const toast = useToast()
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => setCopied(true),
      () => toast('The browser did not allow copying.', 'danger'),
    )
  const icon = copied ? <Check size={13} className="text-success" /> : <Copy size={13} />
  return compact ? (
    <Button look="quiet" size="small-icon" aria-label={label} title={label} onClick={copy}>
      {icon}
    </Button>
  ) : (
    <Button size="small" onClick={copy}>
      {icon}
      {copied ? 'Copied' : label}
    </Button>
  )
}
