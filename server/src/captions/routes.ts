import {
  captionTypes,
  correctCaptions as correctCaptionsEndpoint,
  deleteCaptions as deleteCaptionsEndpoint,
  listCaptions,
  maxCaptionsBytes,
  readCaptions,
  storeCaptions,
} from '@meanwhile/shared/contract/captions'
import { VideoParams } from '@meanwhile/shared/contract/media-url'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { CaptionsError, decodeCaptions, parseCaptions } from '@meanwhile/shared/media/captions'
import { languageTag } from '@meanwhile/shared/media/languages'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { urlsFor, urlsOf } from '../media/urls.ts'
import { type Reader, requireReader, requireViewer, type Viewer } from '../session.ts'
import { refuseTranscript } from '../updates/apart.ts'
import { requireEditableVideo, requireVisibleVideo } from '../videos/access.ts'
import { deleteObjects } from '../videos/after-commit.ts'
import { asCaptions, type CaptionsRow, captionsOf, findCaptions } from './queries.ts'
import { correctCaptions, deleteCaptions, replaceCaptions, type Target } from './store-captions.ts'

const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: '1 minute' } })

/** @throws {ProblemError} `invalid-request` */
function requireLanguage(text: string): string {
  const tag = languageTag(text)
  if (tag) return tag
  const errors = [{ field: 'language', message: 'must be a language tag such as en or pt-BR' }]
  throw new ProblemError('invalid-request', 'Name the language by its tag, such as en or pt-BR.', { errors })
}

/** @throws {ProblemError} `captions-unreadable` with the line, `unsupported-media-type` */
function requireCues(body: unknown) {
  if (!(body instanceof Uint8Array)) throw new ProblemError('unsupported-media-type', 'Send the file of captions as it is.')
  try {
    return parseCaptions(decodeCaptions(body))
  } catch (error) {
    if (!(error instanceof CaptionsError)) throw error
    throw new ProblemError('captions-unreadable', `Line ${error.line}: ${error.message}`, { line: error.line })
  }
}

/** Captions of a video: whoever sees it reads them, its author alone changes them. */
export const captionRoutes: FastifyPluginAsyncZod = async (app) => {
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser(captionTypes, { parseAs: 'buffer', bodyLimit: maxCaptionsBytes }, (_request, body, done) =>
    done(null, body),
  )

  const urls = (reader: Reader) => urlsFor(app.env.MEDIA_SECRET, reader)
  const shown = (row: CaptionsRow, reader: Reader) => ({ ...asCaptions(row, urls(reader)), cues: row.cues })

  /** Before its parameters have been validated, and before its body is read. */
  async function guard(request: FastifyRequest) {
    const viewer = requireViewer(request)
    const params = VideoParams.safeParse(request.params)
    if (!params.success) throw new ProblemError('not-found')
    const { update } = await requireEditableVideo(app.db, params.data.videoId, viewer)
    refuseTranscript(update)
  }

  async function targetOf(viewer: Viewer, { videoId, language }: { videoId: string; language: string }): Promise<Target> {
    const { update } = await requireEditableVideo(app.db, videoId, viewer)
    refuseTranscript(update)
    return { videoId, update, language: requireLanguage(language) }
  }

  app.route({
    ...listCaptions,
    handler: async (request) => {
      const reader = requireReader(request)
      const { video, update } = await requireVisibleVideo(app.db, request.params.videoId, reader)
      const own = urlsOf(update, urls(reader))
      return (await captionsOf(app.db, video.id)).map((row) => asCaptions(row, own))
    },
  })

  app.route({
    ...readCaptions,
    handler: async (request) => {
      const reader = requireReader(request)
      const { video, update } = await requireVisibleVideo(app.db, request.params.videoId, reader)
      const row = await findCaptions(app.db, video.id, requireLanguage(request.params.language))
      if (!row) throw new ProblemError('not-found')
      return { ...asCaptions(row, urlsOf(update, urls(reader))), cues: row.cues }
    },
  })

  app.route({
    ...storeCaptions,
    config: perMinute(60),
    bodyLimit: maxCaptionsBytes,
    onRequest: guard,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const target = await targetOf(viewer, request.params)
      const { row, isNew, withdrawn } = await replaceCaptions(app, target, requireCues(request.body), request.query.label)
      deleteObjects(app, withdrawn)
      return reply.code(isNew ? 201 : 200).send(shown(row, viewer))
    },
  })

  app.route({
    ...correctCaptionsEndpoint,
    config: perMinute(120),
    bodyLimit: maxCaptionsBytes,
    onRequest: guard,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const target = await targetOf(viewer, request.params)
      const { row, withdrawn } = await correctCaptions(app, target, request.body)
      deleteObjects(app, withdrawn)
      return shown(row, viewer)
    },
  })

  app.route({
    ...deleteCaptionsEndpoint,
    handler: async (request, reply) => {
      const target = await targetOf(requireViewer(request), request.params)
      deleteObjects(app, await deleteCaptions(app, target))
      return reply.code(204).send(null)
    },
  })
}
