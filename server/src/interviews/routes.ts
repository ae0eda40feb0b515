import { previewCandidatePage } from '@meanwhile/shared/contract/candidate'
import {
  createTemplate,
  deleteTemplate,
  listTemplates,
  readInterview,
  saveInterview,
} from '@meanwhile/shared/contract/interviews'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { previewFor } from '../candidates/preview.ts'
import { mediaUrls } from '../media/urls.ts'
import { requireOpenPosition, requireOwnedPosition, requireVisiblePosition } from '../positions/access.ts'
import { requireViewer } from '../session.ts'
import { addTemplate, removeTemplate, templatesFor } from './templates.ts'
import { interviewView, newestInterview, saveVersion } from './versions.ts'

/** What a position asks, and templates of that. */
export const interviewRoutes: FastifyPluginAsyncZod = async (app) => {
  const urls = () => mediaUrls(app.env.MEDIA_SECRET)

  app.route({
    ...readInterview,
    handler: async (request) => {
      const { position } = await requireVisiblePosition(app.db, request.params.positionId, requireViewer(request))
      return interviewView(app.db, await newestInterview(app.db, position.id), urls())
    },
  })

  app.route({
    ...previewCandidatePage,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { position } = await requireVisiblePosition(app.db, request.params.positionId, viewer)
      return previewFor(app.db, position, viewer, urls())
    },
  })

  app.route({
    ...saveInterview,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const position = await requireOpenPosition(app.db, request.params.positionId, viewer)
      return interviewView(app.db, await saveVersion(app.db, position.id, request.body, viewer.id), urls())
    },
  })

  app.route({ ...listTemplates, handler: async (request) => ({ items: await templatesFor(app.db, requireViewer(request)) }) })

  app.route({
    ...createTemplate,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      await requireOwnedPosition(app.db, request.body.positionId, viewer)
      return reply.code(201).send(await addTemplate(app.db, viewer, request.body))
    },
  })

  app.route({
    ...deleteTemplate,
    handler: async (request, reply) => {
      await removeTemplate(app.db, request.params.templateId, requireViewer(request))
      return reply.code(204).send(null)
    },
  })
}
