import * as z from 'zod'
import { penColours } from '../media/pen.ts'

const Share = z.number().min(0).max(1)

export const maxDrawnPoints = 2_000

/** Lines over a picture. Positions and widths are shares of the picture, so that it fits at any size. */
export const Drawing = z
  .object({
    strokes: z
      .array(
        z.object({
          points: z
            .array(z.tuple([Share, Share]))
            .min(1)
            .max(maxDrawnPoints)
            .describe('x is a share of the width, y of the height'),
          colour: z.enum(penColours),
          width: z.number().min(0.001).max(0.05).describe("A share of the picture's width"),
        }),
      )
      .min(1)
      .max(200)
      .refine(
        (strokes) => strokes.reduce((sum, { points }) => sum + points.length, 0) <= maxDrawnPoints,
        `must not have more than ${maxDrawnPoints} points`,
      ),
  })
  .meta({ id: 'Drawing' })
export type Drawing = z.infer<typeof Drawing>
