'use client'

import { Moon, Sun } from 'lucide-react'
import { Button } from '../_ui/button.tsx'
import { toggleTheme, useTheme } from './use-theme.ts'

export function ThemeToggle() {
  const theme = useTheme()
  const label = theme === 'dark' ? 'Switch to light theme' : 'Switch to dark theme'
  return (
    <Button look="quiet" size="icon" aria-label={label} title={label} onClick={toggleTheme} data-testid="theme-toggle">
      {theme === 'dark' ? <Sun size={15} /> : <Moon size={15} />}
    </Button>
  )
}
