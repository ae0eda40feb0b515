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
  ])
  .meta({ id: 'LiveEvent' })
export type LiveEvent = z.infer<typeof LiveEvent>
