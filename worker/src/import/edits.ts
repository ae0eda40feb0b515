import { boxesIn } from '@meanwhile/shared/media/boxes'
import { type Edit, editsOf, trackIdOf } from '@meanwhile/shared/media/edit-list'

/** The ticks that an edit list with one entry cuts off the beginning. */
const cutOff = ([edit, ...others]: Edit[]) => (others.length === 0 ? Math.max(0, edit?.fromTicks ?? 0) : 0)

/**
 * How much earlier each track of a `moov` is shown than its samples say, in its ticks, by its id: an encoder that reorders frames begins
 * late, and an edit list takes that back. @throws {CmafError}
 */
export function shownEarlier(moov: DataView): Map<number, number> {
  const tracks = boxesIn(moov).filter(({ type }) => type === 'trak')
  return new Map(tracks.map(({ body }) => [trackIdOf(body), cutOff(editsOf(body))]))
}
