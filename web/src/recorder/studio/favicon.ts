import type { StudioState } from './studio-words.ts'

/** What the icon of the tab tells: a red dot with the minutes, or a ! when something is wrong; grey while paused, black while private. */
export function faviconOf({ paused, isPrivate, elapsedMs, warned }: StudioState): string {
  const colour = paused ? '#6b6f6c' : isPrivate ? '#111111' : '#d0281f'
  const minutes = Math.floor(elapsedMs / 60_000)
  const text = warned ? '!' : minutes === 0 ? '' : minutes < 100 ? `${minutes}` : `${Math.floor(minutes / 60)}h`
  const sign = text
    ? `<text x="16" y="22" font-family="Arial,sans-serif" font-size="17" font-weight="700" text-anchor="middle" fill="#fff">${text}</text>`
    : paused
      ? '<path d="M12 10v12M20 10v12" stroke="#fff" stroke-width="4"/>'
      : '<circle cx="16" cy="16" r="6" fill="#fff"/>'
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="${colour}" stroke="#fff"/>${sign}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(picture)}`
}

/** Shows an icon for this page until the returned function is called. */
export function showFavicon(href: string): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const usual = link?.getAttribute('href')
  link?.setAttribute('href', href)
  return () => {
    if (usual) link?.setAttribute('href', usual)
  }
}
