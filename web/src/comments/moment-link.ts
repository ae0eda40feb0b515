import { momentInLink } from '../player/start-position.ts'

/** Which update of this site a link leads to, and to which moment of it, in ms of the recording; null for any other link. */
export function momentLink(href: string, origin: string): { updateId: string; recordedMs: number } | null {
  const url = URL.canParse(href) ? new URL(href) : null
  if (url?.origin !== origin) return null
  const updateId = /^\/u\/([^/]+)\/?$/.exec(url.pathname)?.[1]
  const recordedMs = momentInLink(url.searchParams, url.hash)
  return updateId === undefined || recordedMs === null ? null : { updateId, recordedMs }
}
