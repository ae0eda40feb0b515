import * as endpoints from '@meanwhile/shared/contract/hours'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireAdmin, requireViewer } from '../session.ts'
import { givenBackTo } from './given-back.ts'
import { addReplacedMeeting, editReplacedMeeting, removeReplacedMeeting, replacedMeetingsOf } from './queries.ts'

export const hoursRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...endpoints.listReplacedMeetings,
    handler: (request) => replacedMeetingsOf(app.db, requireViewer(request).workspace.id),
  })

  app.route({
    ...endpoints.createReplacedMeeting,
    handler: async (request, reply) => {
      const by = { actor: requireAdmin(request), from: request.ip }
      return reply.code(201).send(await addReplacedMeeting(app.db, by, request.body))
    },
  })

  app.route({
    ...endpoints.changeReplacedMeeting,
    handler: (request) => {
      const by = { actor: requireAdmin(request), from: request.ip }
      return editReplacedMeeting(app.db, by, request.params.meetingId, request.body)
    },
  })

  app.route({
    ...endpoints.deleteReplacedMeeting,
    handler: async (request, reply) => {
      await removeReplacedMeeting(app.db, { actor: requireAdmin(request), from: request.ip }, request.params.meetingId)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...endpoints.readHoursGivenBack,
    handler: (request) => givenBackTo(app.db, requireViewer(request).workspace.id, request.query.weeks, new Date()),
  })
}
