import {
  changeAgreement as changeAgreementEndpoint,
  listAgreementPeople,
  readAgreement,
} from '@meanwhile/shared/contract/agreement'
import { createCalendarFeed, readCalendarFeed, revokeCalendarFeed } from '@meanwhile/shared/contract/calendar-feed'
import { securityOf } from '@meanwhile/shared/contract/endpoint'
import { Problem, ProblemError } from '@meanwhile/shared/contract/problem'
import { readPromises } from '@meanwhile/shared/contract/promises'
import { workCalendarFile } from '@meanwhile/shared/working-hours/calendar-file'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { decodeCursor } from '../cursor.ts'
import { requireAdmin, requireViewer } from '../session.ts'
import { addFeed, feedOf, revokeFeed, workspaceOfFeed } from './feeds.ts'
import { everybodyAtWork, PeopleCursor, peopleAtWork } from './people.ts'
import { callsOf, promisesOf } from './promises.ts'
import { changeAgreement, shownAgreement } from './queries.ts'

const calendarText = z.any().meta({ type: 'string' })
const ofCalendars = {
  produces: ['text/calendar'],
  response: { 200: { content: { 'text/calendar': { schema: calendarText } } }, '4xx': Problem },
}

export const agreementRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...readAgreement, handler: (request) => shownAgreement(app.db, requireViewer(request).workspace.id) })

  app.route({
    ...changeAgreementEndpoint,
    handler: (request) => changeAgreement(app.db, requireAdmin(request), request.body, request.ip),
  })

  app.route({
    ...listAgreementPeople,
    handler: (request) => {
      const { workspace } = requireViewer(request)
      const { limit, cursor } = request.query
      const from = cursor === undefined ? undefined : decodeCursor(cursor, PeopleCursor)
      return peopleAtWork(app.db, workspace.id, { limit, cursor: from }, new Date())
    },
  })

  app.route({
    ...readPromises,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { months } = request.query
      const now = new Date()
      return {
        items: await promisesOf(app.db, viewer, months, now),
        calls: await callsOf(app.db, viewer.workspace.id, months, now),
      }
    },
  })

  async function sendCalendar(reply: FastifyReply, workspace: { id: string; name: string }) {
    const now = new Date()
    const people = await everybodyAtWork(app.db, workspace.id, now)
    return reply
      .header('content-type', 'text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="agreement.ics"')
      .send(workCalendarFile({ ...workspace, people }, now))
  }

  app.get('/api/agreement.ics', {
    schema: {
      summary: 'Who works when, and days off, as a calendar (RFC 5545)',
      tags: ['agreement'],
      security: securityOf('read'),
      ...ofCalendars,
    },
    config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    handler: (request, reply) => sendCalendar(reply, requireViewer(request).workspace),
  })

  app.get('/api/calendars/:token/agreement.ics', {
    schema: {
      summary: 'The same for a calendar program that has been given its address',
      tags: ['agreement'],
      security: securityOf('open'),
      params: z.object({ token: z.string().max(200) }),
      ...ofCalendars,
    },
    config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const workspace = await workspaceOfFeed(app.db, request.params.token)
      if (!workspace) throw new ProblemError('not-found')
      return sendCalendar(reply, workspace)
    },
  })

  app.route({ ...readCalendarFeed, handler: async (request) => ({ feed: await feedOf(app.db, requireViewer(request)) }) })

  app.route({
    ...createCalendarFeed,
    handler: async (request, reply) => {
      const { token, ...feed } = await addFeed(app.db, requireViewer(request), request.ip)
      const url = `${app.env.PUBLIC_URL}/api/calendars/${token}/agreement.ics`
      return reply.code(201).send({ ...feed, url })
    },
  })

  app.route({
    ...revokeCalendarFeed,
    handler: async (request, reply) => {
      await revokeFeed(app.db, requireViewer(request), request.ip)
      return reply.code(204).send(null)
    },
  })
}
