import * as z from 'zod'

/**
 * What `GET /api/events` sends as `data` of a server-sent event whose name is `type`. It says that something changed,
 * never what: the reader asks the API again, so access is decided in one place.
 */
export const LiveEvent = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('update'), updateId: z.uuid() }),
    z.object({ type: z.literal('video'), updateId: z.uuid(), videoId: z.uuid() }),
    z.object({ type: z.literal('comment'), updateId: z.uuid(), commentId: z.uuid() }),
    z.object({ type: z.literal('reaction'), updateId: z.uuid() }),
    z
      .object({ type: z.literal('channel'), channelId: z.uuid().nullable() })
      .describe('Of a channel, who is in it or what is posted in it changed; null: what is posted in the whole workspace'),
    z.object({ type: z.literal('notification') }),
    z
      .object({ type: z.literal('viewer') })
      .describe('Who this person is here has changed: ask who is signed in. The stream ends'),
  ])
  .meta({ id: 'LiveEvent' })
export type LiveEvent = z.infer<typeof LiveEvent>

/** The first event of every stream. */
export const StreamStart = z
  .object({
    type: z.literal('start'),
    missed: z.boolean().describe('The position was too old or unknown: read again what you show'),
  })
  .meta({ id: 'StreamStart' })
export type StreamStart = z.infer<typeof StreamStart>
