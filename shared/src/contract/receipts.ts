import * as z from 'zod'
import { endpoint, IsoDate } from './endpoint.ts'
import { VideoParams } from './media-url.ts'
import { Track } from './videos.ts'

/** What became of the segments of one track. */
export const TrackReceipt = z
  .object({
    recorded: z.int().nullable().describe('How many the recorder said it made; null when it never said'),
    received: z.int().describe('How many of them arrived'),
    checked: z.int().describe('How many were read again from the storage and matched their SHA-256'),
    heldBack: z.int().describe('How many are here and cannot be played, because one before them is missing'),
    filled: z.int().describe('How many the server made in place of those that never arrived'),
  })
  .meta({ id: 'TrackReceipt' })
export type TrackReceipt = z.infer<typeof TrackReceipt>

/** The proof that a recording is whole. */
export const Receipt = z
  .object({
    tracks: z.partialRecord(Track, TrackReceipt),
    clockMs: z.int().nullable().describe("Length on the recorder's own clock; null when it never said"),
    receivedMs: z.int().describe('Length of the segments that arrived, without those that were filled'),
    probedMs: z.int().nullable().describe('Length of the original as it was measured; null until it is made'),
    recoveredAt: IsoDate.nullable().describe('When the server finished it because its recorder did not come back'),
    finishedAt: IsoDate.nullable(),
  })
  .meta({ id: 'Receipt' })
export type Receipt = z.infer<typeof Receipt>

export const readReceipt = endpoint({
  method: 'GET',
  url: '/api/videos/:videoId/receipt',
  schema: {
    summary: 'Segments recorded, received and checked, and the lengths that were measured',
    tags: ['videos'],
    params: VideoParams,
    response: { 200: Receipt },
  },
})
