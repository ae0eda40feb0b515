import * as z from 'zod'
import { rates } from '../media/rates.ts'

export const Rate = z.union(rates.map((rate) => z.literal(rate))).meta({ id: 'Rate', description: 'A playback speed' })

/** How a video plays at first. Null: not chosen, so that the next one in line decides. */
export const PlaybackChoice = z
  .object({
    rate: Rate.nullable(),
    skipSilences: z.boolean().nullable(),
    captions: z.boolean().nullable(),
  })
  .meta({ id: 'PlaybackChoice' })
export type PlaybackChoice = z.infer<typeof PlaybackChoice>

/** What counts when viewer, author and workspace are asked in this order. */
export const ResolvedPlayback = z
  .object({
    rate: Rate,
    skipSilences: z.boolean(),
    captions: z.boolean().nullable().describe('Null when nobody chose: on while it is muted'),
  })
  .meta({ id: 'ResolvedPlayback' })
export type ResolvedPlayback = z.infer<typeof ResolvedPlayback>
