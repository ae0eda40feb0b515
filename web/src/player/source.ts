import type { Video } from '@meanwhile/shared/contract/videos'
import type { Wire } from '../api.ts'

/**
 * What can be played of a video. `name` stays the same when the URL is renewed: it says what, the URL where from.
 * `edited`: its cuts are left out already, and its camera is painted in. `live`: it is being recorded, and grows.
 */
export type Source = { kind: 'file' | 'hls'; name: string; url: string; edited: boolean; live?: boolean }

/** `auto`, `source` (as recorded), or the name of a rendition. */
export type Quality = string

/** Called when a source cannot be played on. */
export type OnFailure = () => void

type Network = { saveData?: boolean; effectiveType?: string }

/** True where something smaller serves better than the original from the start: little bandwidth, or a wish to save data. */
export const isSlow = ({ saveData, effectiveType }: Network = {}): boolean =>
  saveData === true || (effectiveType !== undefined && effectiveType !== '4g')

type Offered = Pick<Wire<typeof Video>, 'playback'> & { finishedAt?: string | null }

/** The segments, which are there from the first one on; null before that. */
export const segmentsOf = ({ playback: { hls }, finishedAt }: Offered): Source | null =>
  hls === null ? null : { kind: 'hls', name: 'hls', url: hls, edited: false, live: finishedAt === null }

/**
 * What to play, or null when nothing has arrived: the rendition that was asked for; else the original, which needs no
 * player code; else HLS, which is there from the first segment. A slow network gets HLS with its lower rungs; an edited
 * video has none there, so the smallest rendition. `asRecorded` leaves out what is edited.
 */
export function chooseSource(
  video: Offered,
  quality: Quality,
  { slow, asRecorded }: { slow: boolean; asRecorded: boolean },
): Source | null {
  const { playback } = video
  const { original } = playback
  const renditions = playback.renditions.filter(({ edited }) => !(asRecorded && edited))
  const smallest = slow && quality === 'auto' ? renditions.toSorted((a, b) => a.height - b.height)[0] : undefined
  const adaptive = segmentsOf(video)
  if (adaptive && smallest && !smallest.edited) return adaptive
  const rendition = renditions.find(({ name }) => name === quality) ?? smallest
  if (rendition) return { kind: 'file', name: rendition.name, url: rendition.file, edited: rendition.edited }
  return original ? { kind: 'file', name: 'original', url: original, edited: false } : adaptive
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
  // Players of browsers begin a list that grows at its end.
  if (source.kind === 'hls' && (scripted || source.live || !playsHls(media)))
    return attachScripted(media, source, atMs, onFailure)
  const stop = new AbortController()
  media.addEventListener('error', onFailure, { signal: stop.signal })
  // An element that came with the page loads this already.
  if (media.error || media.getAttribute('src') !== source.url) media.src = source.url
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
