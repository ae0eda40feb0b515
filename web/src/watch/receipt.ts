import type { Receipt, TrackReceipt } from '@meanwhile/shared/contract/receipts'
import type { Track } from '@meanwhile/shared/contract/videos'
import type { Wire } from '../api.ts'
import { say } from './words.ts'

type Shown = Wire<typeof Receipt>
/** `waiting`: what is missing may come by itself. */
export type Verdict = { state: 'whole' | 'waiting' | 'incomplete'; text: string }

/** A recorder's clock and the measured length differ by a frame at each end, and by what a stop takes. */
const tolerableMs = 1000

/** What a track is called here. */
export const trackWords: Record<Track, string> = {
  main: say('receipt.main'),
  camera: say('receipt.camera'),
  audio: say('receipt.audio'),
}

/** Segments of a track that were recorded and are not here; filled ones never arrived either. */
export const missingOf = ({ recorded, received }: TrackReceipt): number => Math.max(0, (recorded ?? received) - received)

/** By how much the measured length differs from the recorder's clock, in ms; null while one of them is not known. */
export const clockGapMs = ({
  clockMs,
  probedMs,
  receivedMs,
}: Pick<Shown, 'clockMs' | 'probedMs' | 'receivedMs'>): number | null =>
  clockMs === null ? null : Math.abs((probedMs ?? receivedMs) - clockMs)

/** The receipt in one sentence. */
export function verdictOf(receipt: Shown): Verdict {
  const tracks = Object.values(receipt.tracks)
  const missing = tracks.reduce((sum, track) => sum + missingOf(track), 0)
  const filled = tracks.reduce((sum, { filled: count }) => sum + count, 0)
  const heldBack = tracks.reduce((sum, track) => sum + track.heldBack, 0)
  if (filled > 0) return { state: 'incomplete', text: say('verdict.filled', { count: filled }) }
  if (heldBack > 0) return { state: 'waiting', text: say('verdict.heldBack', { count: heldBack }) }
  if (receipt.finishedAt === null) return { state: 'waiting', text: say('verdict.arriving') }
  if (missing > 0) {
    if (receipt.recoveredAt) return { state: 'waiting', text: say('verdict.mayCome', { count: missing }) }
    return { state: 'incomplete', text: say('verdict.missing', { count: missing }) }
  }
  const gapMs = clockGapMs(receipt)
  if (gapMs !== null && gapMs > tolerableMs) return { state: 'incomplete', text: say('verdict.length') }
  if (tracks.some(({ received, checked }) => checked < received)) return { state: 'waiting', text: say('verdict.unchecked') }
  return { state: 'whole', text: say('verdict.whole') }
}
