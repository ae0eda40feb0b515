import { readSettings } from '@meanwhile/shared/contract/settings'
import { shownTranscription, transcriptionOf } from '@meanwhile/shared/platform/transcription'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireViewer } from '../session.ts'

export const settingsRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...readSettings,
    handler: async (request) => {
      requireViewer(request)
      return { transcription: shownTranscription(transcriptionOf(app.env)) }
    },
  })
}
