import {
  FilePartFields,
  finishFile as finishFileEndpoint,
  storeFilePart as storeFilePartEndpoint,
} from '@meanwhile/shared/contract/file-parts'
import {
  finishVideo as finishVideoEndpoint,
  readUpload,
  reportUpload,
  SegmentFields,
  storeSegment as storeSegmentEndpoint,
} from '@meanwhile/shared/contract/videos'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { mediaUrls } from '../media/urls.ts'
import { type Recorder, requireRecorder } from '../session.ts'
import { requireRoom } from '../storage-use/require-room.ts'
import { requireOwnVideo } from './access.ts'
import { deleteObjects, offerStages } from './after-commit.ts'
import { finishFile } from './finish-file.ts'
import { finishVideo } from './finish-video.ts'
import { withReceivedFile } from './receive-file.ts'
import { storeFilePart } from './store-file-part.ts'
import { storeSegment } from './store-segment.ts'
import { noteReport, uploadState } from './upload-state.ts'
import { videoView } from './video-view.ts'

const ofUploads = { rateLimit: { max: 6000, timeWindow: '1 minute' } }
const segmentForm = { fields: SegmentFields, tooLarge: 'segment-too-large' } as const
const partForm = { fields: FilePartFields, tooLarge: 'part-too-large' } as const

/** How a recording arrives: segment by segment, or as a file in parts. Its author alone does this. */
export const uploadRoutes: FastifyPluginAsyncZod = async (app) => {
  const { incomingDir } = app.storage
  const urls = () => mediaUrls(app.env.MEDIA_SECRET)
  const { db, storage, log } = app
  const keeping = (author: Recorder) => ({ db, storage, log, admit: (sizeBytes: number) => requireRoom(app, author, sizeBytes) })

  app.route({
    ...storeSegmentEndpoint,
    config: ofUploads,
    handler: async (request, reply) => {
      const { videoId, track, number } = request.params
      const author = requireRecorder(request)
      const { video } = await requireOwnVideo(app.db, videoId, author)
      const { isNew, segment, withdrawn } = await withReceivedFile(request, incomingDir, segmentForm, (received) =>
        storeSegment(keeping(author), video, { videoId, track, number }, received, request.id),
      )
      if (withdrawn) {
        deleteObjects(app, withdrawn)
        offerStages(app, videoId, ['probe'], request.id)
      }
      return reply.code(isNew ? 201 : 200).send(segment)
    },
  })

  app.route({
    ...storeFilePartEndpoint,
    config: ofUploads,
    handler: async (request, reply) => {
      const { videoId, number } = request.params
      const author = requireRecorder(request)
      const { video } = await requireOwnVideo(app.db, videoId, author)
      const { isNew, part } = await withReceivedFile(request, incomingDir, partForm, (received) =>
        storeFilePart(keeping(author), video, { videoId, number }, received),
      )
      return reply.code(isNew ? 201 : 200).send(part)
    },
  })

  app.route({
    ...readUpload,
    handler: async (request) => {
      const { video } = await requireOwnVideo(app.db, request.params.videoId, requireRecorder(request))
      return uploadState(app.db, video)
    },
  })

  app.route({
    ...reportUpload,
    handler: async (request) => {
      const { video } = await requireOwnVideo(app.db, request.params.videoId, requireRecorder(request))
      await noteReport(app.db, video, request.body)
      return uploadState(app.db, video)
    },
  })

  app.route({
    ...finishVideoEndpoint,
    handler: async (request) => {
      const viewer = requireRecorder(request)
      const owned = await requireOwnVideo(app.db, request.params.videoId, viewer)
      const { starts, withdrawn } = await finishVideo(app.db, owned, request.body, request.id)
      deleteObjects(app, withdrawn)
      if (starts) offerStages(app, owned.video.id, ['probe'], request.id)
      const { video } = await requireOwnVideo(app.db, owned.video.id, viewer)
      return videoView(app.db, video, urls())
    },
  })

  app.route({
    ...finishFileEndpoint,
    handler: async (request) => {
      const viewer = requireRecorder(request)
      const owned = await requireOwnVideo(app.db, request.params.videoId, viewer)
      const { starts, withdrawn } = await finishFile(app.db, owned, request.body, request.id)
      deleteObjects(app, withdrawn)
      if (starts) offerStages(app, owned.video.id, ['import'], request.id)
      const { video } = await requireOwnVideo(app.db, owned.video.id, viewer)
      return videoView(app.db, video, urls())
    },
  })
}
