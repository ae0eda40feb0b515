import * as z from 'zod'
import { MediaMs, plainText } from './endpoint.ts'

const Share = z.number().min(0).max(1)

/** How the camera lies over the recording: data that the player and the worker draw from, never painted into the recording itself. */
export const BubbleLayout = z
  .object({
    shape: z.enum(['round', 'rounded', 'off']),
    size: z.enum(['small', 'medium', 'large']).describe('0.14, 0.2 or 0.28 of the width of the picture'),
    x: Share.describe('Centre of the bubble in the room it has: 0 at the left margin, 1 at the right'),
    y: Share.describe('0 at the top margin, 1 at the bottom'),
  })
  .meta({ id: 'BubbleLayout' })
export type BubbleLayout = z.infer<typeof BubbleLayout>

const Range = z.tuple([MediaMs, MediaMs])

/** Merged and sorted ranges of recorded time that are left out when the video is watched. */
export const Cuts = z.array(Range).meta({ id: 'Cuts' })
export type Cuts = z.infer<typeof Cuts>

/** Cuts as a person makes them: in any order, overlapping or not. */
export const CutsDraft = z.array(Range.refine(([from, to]) => from <= to, 'must not end before it starts')).max(500)

export const Chapter = z
  .object({ atMs: MediaMs.describe('On the recorded clock, as all positions'), title: plainText(120) })
  .meta({ id: 'Chapter' })
export type Chapter = z.infer<typeof Chapter>

export const VideoEdit = z
  .object({
    layout: BubbleLayout.optional(),
    cuts: CutsDraft.optional(),
    chapters: z.array(Chapter).max(500).optional(),
  })
  .meta({ id: 'VideoEdit' })
export type VideoEdit = z.infer<typeof VideoEdit>
