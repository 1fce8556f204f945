'use client'

export function RunsPage() {
  return null
}
