import { parseTimeCode } from '@meanwhile/shared/media/time-code'

/** The moment that a link names: `?t=83`, `?t=1m23s`, `#t=83`. Null when it names none. */
export function momentInLink(search: URLSearchParams, hash: string): number | null {
  const text = search.get('t') ?? new URLSearchParams(hash.replace(/^#/, '')).get('t')
  return text === null ? null : parseTimeCode(text)
}

/**
 * Where playback begins, in ms: at the moment that the link names (its `t`, else its comment's), else where the viewer
 * left, unless that was at the very start (5 s) or the end (95 %).
 */
export function startPosition(from: { linkMs: number | null; leftMs: number | null; durationMs: number }): number {
  if (from.linkMs !== null) return from.durationMs > 0 ? Math.min(from.linkMs, from.durationMs) : from.linkMs
  if (from.leftMs === null || from.leftMs < 5000) return 0
  return from.durationMs > 0 && from.leftMs > from.durationMs * 0.95 ? 0 : from.leftMs
}
