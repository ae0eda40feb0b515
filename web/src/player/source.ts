import type { Video } from '@meanwhile/shared/contract/videos'
import type { Wire } from '../api.ts'

/** What can be played of a video. `name` stays the same when the URL is renewed: it says what, the URL where from. */
export type Source = { kind: 'file' | 'hls'; name: string; url: string }

/** `auto`, `source` (as recorded), or the name of a rendition. */
export type Quality = string

/** Called when a source cannot be played on. */
export type OnFailure = () => void

type Network = { saveData?: boolean; effectiveType?: string }

/** True where the lower rungs of HLS serve better than the original: little bandwidth, or a wish to save data. */
export const isSlow = ({ saveData, effectiveType }: Network = {}): boolean =>
  saveData === true || (effectiveType !== undefined && effectiveType !== '4g')

/**
 * What to play, or null when nothing has arrived: the rendition that was asked for; else the original, which needs no
 * player code; else HLS, which is there from the first segment and adapts to a slow network.
 */
export function chooseSource({ playback }: Pick<Wire<typeof Video>, 'playback'>, quality: Quality, slow: boolean): Source | null {
  const { original, hls, renditions } = playback
  const rendition = renditions.find(({ name }) => name === quality)
  if (rendition) return { kind: 'file', name: rendition.name, url: rendition.file }
  const adaptive = hls ? ({ kind: 'hls', name: 'hls', url: hls } as const) : null
  if (adaptive && slow && quality === 'auto' && renditions.length > 0) return adaptive
  return original ? { kind: 'file', name: 'original', url: original } : adaptive
}

/** The original may replace HLS only where nobody notices: before anything has been played. */
export const mayReplace = (now: { paused: boolean; ms: number; startMs: number }): boolean =>
  now.paused && Math.abs(now.ms - now.startMs) < 500

const playsHls = (media: HTMLMediaElement) => media.canPlayType('application/vnd.apple.mpegurl') !== ''

/**
 * Gives the element a source, from a moment on. Files and, where the browser can, HLS are played by the browser itself;
 * `scripted` HLS by hls.js, which is loaded only then. Returns what takes the source away again.
 */
export async function attach(
  media: HTMLVideoElement,
  source: Source,
  { atMs, scripted, onFailure }: { atMs: number; scripted: boolean; onFailure: OnFailure },
): Promise<() => void> {
  if (source.kind === 'hls' && (scripted || !playsHls(media))) return attachScripted(media, source, atMs, onFailure)
  const stop = new AbortController()
  media.addEventListener('error', onFailure, { signal: stop.signal })
  media.src = source.url
  if (atMs > 0) media.currentTime = atMs / 1000
  return () => stop.abort()
}

async function attachScripted(media: HTMLVideoElement, source: Source, atMs: number, onFailure: OnFailure) {
  const { default: Hls } = await import('hls.js/light')
  const hls = new Hls({ startPosition: atMs / 1000, enableWorker: false, maxBufferLength: 60 })
  hls.on(Hls.Events.ERROR, (_, { fatal }) => {
    if (fatal) onFailure()
  })
  hls.loadSource(source.url)
  hls.attachMedia(media)
  return () => hls.destroy()
}
