import { ProblemError } from '@meanwhile/shared/contract/problem'
import {
  finishVideo as finishVideoEndpoint,
  readUpload,
  readVideo,
  retryStage as retryStageEndpoint,
  type StageName,
  storeSegment as storeSegmentEndpoint,
} from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { trackSummary } from '@meanwhile/shared/db/ledger'
import { notify } from '@meanwhile/shared/db/notify'
import { and, eq, sql } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { mediaUrls } from '../media/urls.ts'
import { requireViewer } from '../session.ts'
import { requireOwnUpdate } from '../updates/access.ts'
import { requireOwnVideo, requireVisibleVideo } from './access.ts'
import { finishVideo } from './finish-video.ts'
import { arrived, runsOf } from './ledger.ts'
import { withReceivedSegment } from './receive-segment.ts'
import { storeSegment } from './store-segment.ts'
import { videoView } from './video-view.ts'

const { stages } = schema

/** Puts a failed stage back to the start. @throws {ProblemError} `stage-not-failed` */
async function restartStage(db: Db, videoId: string, name: StageName, requestId: string) {
  const [restarted] = await db
    .update(stages)
    .set({
      state: 'waiting',
      progress: 0,
      attempts: 0,
      error: null,
      leaseId: null,
      leaseUntil: null,
      requestId,
      updatedAt: sql`now()`,
    })
    .where(and(eq(stages.videoId, videoId), eq(stages.name, name), eq(stages.state, 'failed')))
    .returning({ name: stages.name })
  if (!restarted) throw new ProblemError('stage-not-failed')
}

export const videoRoutes: FastifyPluginAsyncZod = async (app) => {
  const urls = () => mediaUrls(app.env.MEDIA_SECRET)
  /** A queue that is away delays the work; the reconciler of the worker brings it back. */
  const offer = (videoId: string, stage: StageName, requestId: string) =>
    app.queue
      .add({ videoId, stage, requestId })
      .catch((error) => app.log.warn({ err: error, videoId, stage }, 'a stage was not offered to the queue'))

  app.route({
    ...readVideo,
    handler: async (request) => {
      const { video } = await requireVisibleVideo(app.db, request.params.videoId, requireViewer(request))
      return videoView(app.db, video, urls())
    },
  })

  app.route({
    ...storeSegmentEndpoint,
    config: { rateLimit: { max: 6000, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { videoId, track, number } = request.params
      const { video } = await requireOwnVideo(app.db, videoId, requireViewer(request))
      const { isNew, segment } = await withReceivedSegment(request, app.storage.incomingDir, (received) =>
        storeSegment(app, { video, track, number }, received),
      )
      return reply.code(isNew ? 201 : 200).send(segment)
    },
  })

  app.route({
    ...readUpload,
    handler: async (request) => {
      const { video } = await requireOwnVideo(app.db, request.params.videoId, requireViewer(request))
      const tracks = await Promise.all(
        video.tracks.map(async (track) => {
          const [{ numbers, sizeBytes }, { durationMs }] = await Promise.all([
            arrived(app.db, video.id, track),
            trackSummary(app.db, video.id, track),
          ])
          return [track, { ranges: runsOf(numbers), durationMs, sizeBytes }] as const
        }),
      )
      return { state: (await videoView(app.db, video, urls())).state, tracks: Object.fromEntries(tracks), file: null }
    },
  })

  app.route({
    ...finishVideoEndpoint,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const owned = await requireOwnVideo(app.db, request.params.videoId, viewer)
      if (await finishVideo(app.db, owned, request.body, request.id)) void offer(owned.video.id, 'probe', request.id)
      const { video } = await requireVisibleVideo(app.db, owned.video.id, viewer)
      return videoView(app.db, video, urls())
    },
  })

  app.route({
    ...retryStageEndpoint,
    handler: async (request, reply) => {
      const { videoId, stage } = request.params
      const viewer = requireViewer(request)
      const { video, update } = await requireVisibleVideo(app.db, videoId, viewer)
      await requireOwnUpdate(app.db, update.id, viewer)
      await restartStage(app.db, videoId, stage, request.id)
      await notify(app.db, update.workspaceId, { type: 'video', updateId: update.id, videoId })
      void offer(videoId, stage, request.id)
      return reply.code(202).send(await videoView(app.db, video, urls()))
    },
  })
}
