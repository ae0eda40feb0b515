import { readReceipt } from '@meanwhile/shared/contract/receipts'
import { changeVideo, readVideo as readVideoEndpoint, retryStage as retryStageEndpoint } from '@meanwhile/shared/contract/videos'
import { transcriptionOf } from '@meanwhile/shared/platform/transcription'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { mediaUrls } from '../media/urls.ts'
import { requireReaderOrCandidate, requireRecorder, requireViewer } from '../session.ts'
import { refuseTranscript } from '../updates/apart.ts'
import { requireEditableVideo, requireVisibleVideo } from './access.ts'
import { deleteObjects, offerStages } from './after-commit.ts'
import { editVideo } from './edit-video.ts'
import { readVideo } from './read-video.ts'
import { receiptOf } from './receipt.ts'
import { restartStage } from './restart-stage.ts'
import { videoView } from './video-view.ts'

/** A video as it is watched and changed; its upload has routes of its own. */
export const videoRoutes: FastifyPluginAsyncZod = async (app) => {
  const urls = () => mediaUrls(app.env.MEDIA_SECRET)

  app.route({
    ...readVideoEndpoint,
    handler: (request) => readVideo(app, request.params.videoId, requireReaderOrCandidate(request)),
  })

  app.route({
    ...changeVideo,
    handler: async (request) => {
      const viewer = requireRecorder(request)
      const found = await requireEditableVideo(app.db, request.params.videoId, viewer)
      const { again, withdrawn } = await editVideo(app.db, found, request.body, request.id)
      deleteObjects(app, withdrawn)
      offerStages(app, found.video.id, again, request.id)
      const { video } = await requireVisibleVideo(app.db, found.video.id, viewer)
      return videoView(app.db, video, urls())
    },
  })

  app.route({
    ...readReceipt,
    handler: async (request) => {
      const { video } = await requireVisibleVideo(app.db, request.params.videoId, requireViewer(request))
      return receiptOf(app.db, video)
    },
  })

  app.route({
    ...retryStageEndpoint,
    handler: async (request, reply) => {
      const { videoId, stage } = request.params
      const { video, update } = await requireEditableVideo(app.db, videoId, requireViewer(request))
      if (stage === 'transcript') refuseTranscript(update)
      await restartStage(app.db, { videoId, update }, stage, request.id, transcriptionOf(app.env) !== null)
      offerStages(app, videoId, [stage], request.id)
      return reply.code(202).send(await videoView(app.db, video, urls()))
    },
  })
}
