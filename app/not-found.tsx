import Link from 'next/link'
import { Button } from './_ui/button.tsx'
import { EmptyState } from './_ui/empty-state.tsx'

export default function NotFound() {
  return (
    <EmptyState
      title="There is no such page"
      actions={
        <Button asChild>
          <Link href="/">All runs</Link>
        </Button>
      }
    >
      The address may be mistyped, or what it showed was deleted.
    </EmptyState>
  )
}
