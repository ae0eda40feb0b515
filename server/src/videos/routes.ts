import { readReceipt } from '@meanwhile/shared/contract/receipts'
import { changeVideo, readVideo, retryStage as retryStageEndpoint } from '@meanwhile/shared/contract/videos'
import { notify } from '@meanwhile/shared/db/notify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { mediaUrls } from '../media/urls.ts'
import { requireViewer } from '../session.ts'
import { requireOwnUpdate } from '../updates/access.ts'
import { requireVisibleVideo } from './access.ts'
import { deleteObjects, offerStages } from './after-commit.ts'
import { editVideo } from './edit-video.ts'
import { receiptOf } from './receipt.ts'
import { restartStage } from './restart-stage.ts'
import { videoView } from './video-view.ts'

/** A video as it is watched and changed; its upload has routes of its own. */
export const videoRoutes: FastifyPluginAsyncZod = async (app) => {
  const urls = () => mediaUrls(app.env.MEDIA_SECRET)

  app.route({
    ...readVideo,
    handler: async (request) => {
      const { video } = await requireVisibleVideo(app.db, request.params.videoId, requireViewer(request))
      return videoView(app.db, video, urls())
    },
  })

  app.route({
    ...changeVideo,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const found = await requireVisibleVideo(app.db, request.params.videoId, viewer)
      await requireOwnUpdate(app.db, found.update.id, viewer)
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
      const viewer = requireViewer(request)
      const { video, update } = await requireVisibleVideo(app.db, videoId, viewer)
      await requireOwnUpdate(app.db, update.id, viewer)
      await restartStage(app.db, videoId, stage, request.id)
      await notify(app.db, update.workspaceId, { type: 'video', updateId: update.id, videoId })
      offerStages(app, videoId, [stage], request.id)
      return reply.code(202).send(await videoView(app.db, video, urls()))
    },
  })
}
