import type { Appearance } from '@meanwhile/shared/contract/preferences'

/** The page is light or dark from now on; the server writes it into the HTML of the next one. */
export function applyAppearance(appearance: Appearance | undefined): void {
  if (!appearance) return
  if (appearance === 'system') delete document.documentElement.dataset.appearance
  else document.documentElement.dataset.appearance = appearance
}
