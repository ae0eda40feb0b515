import type { Receipt, TrackReceipt } from '@meanwhile/shared/contract/receipts'
import type { Track } from '@meanwhile/shared/contract/videos'
import type { Wire } from '../api.ts'

type Shown = Wire<typeof Receipt>
/** `waiting`: what is missing may come by itself. */
export type Verdict = { state: 'whole' | 'waiting' | 'incomplete'; text: string }

/** A recorder's clock and the measured length differ by a frame at each end, and by what a stop takes. */
const tolerableMs = 1000

/** What a track is called here. */
export const trackWords: Record<Track, string> = { main: 'Recording', camera: 'Camera', audio: 'Sound' }

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
  const say = (count: number) => (count === 1 ? '1 segment' : `${count} segments`)
  if (filled > 0)
    return { state: 'incomplete', text: `Not everything is here: ${say(filled)} never arrived and had to be filled.` }
  if (heldBack > 0)
    return {
      state: 'waiting',
      text: `${say(heldBack)} cannot be played: a part before ${heldBack === 1 ? 'it' : 'them'} has not arrived. Open Meanwhile in the browser that recorded it.`,
    }
  if (receipt.finishedAt === null) return { state: 'waiting', text: 'It is still arriving.' }
  if (missing > 0) {
    if (receipt.recoveredAt) return { state: 'waiting', text: `${say(missing)} have not arrived; they may still come.` }
    return { state: 'incomplete', text: `Not everything is here: ${say(missing)} did not arrive.` }
  }
  const gapMs = clockGapMs(receipt)
  if (gapMs !== null && gapMs > tolerableMs)
    return { state: 'incomplete', text: 'Every segment is here, but the length is not what the recorder’s clock says.' }
  if (tracks.some(({ received, checked }) => checked < received))
    return { state: 'waiting', text: 'Everything that was recorded arrived; it is still being checked.' }
  return { state: 'whole', text: 'Everything that was recorded is here, and was checked.' }
}
