import {
  changeCheckIn,
  createCheckIn,
  listCheckIns,
  listRounds,
  readAnswerHistory,
  readCheckIn,
  readRound,
  readRoundOn,
  replyToRound,
  setRoundState,
} from '@meanwhile/shared/contract/check-ins'
import { Day } from '@meanwhile/shared/contract/day'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { decodeCursor, parseCursor } from '../cursor.ts'
import { urlsFor } from '../media/urls.ts'
import { requireViewer, type Viewer } from '../session.ts'
import { requireVisibleUpdate } from '../updates/access.ts'
import { requireManagedCheckIn, requireVisibleCheckIn, requireVisibleRound } from './access.ts'
import { historyOf } from './history.ts'
import { checkInFor, checkInsFor } from './queries.ts'
import { replyTo, setState } from './reply.ts'
import { roundFor } from './round-view.ts'
import { addCheckIn, editCheckIn } from './save-check-in.ts'
import { roundsOf } from './summaries.ts'

const DateCursor = z.tuple([Day])

export const checkInRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofWriters = { rateLimit: { max: 120, timeWindow: '1 minute' } }
  const showing = (viewer: Viewer) => ({ viewer, urls: urlsFor(app.env.MEDIA_SECRET, viewer), publicUrl: app.env.PUBLIC_URL })
  const roundAs = async (roundId: string, viewer: Viewer) =>
    roundFor(app.db, await requireVisibleRound(app.db, roundId, viewer), showing(viewer), new Date())

  app.route({
    ...listCheckIns,
    handler: (request) => {
      const { cursor, ...page } = request.query
      const from = cursor === undefined ? undefined : parseCursor(cursor)
      return checkInsFor(app.db, requireViewer(request), { ...page, cursor: from }, new Date())
    },
  })

  app.route({
    ...createCheckIn,
    config: ofWriters,
    handler: async (request, reply) => {
      const actor = requireViewer(request)
      const now = new Date()
      const checkInId = await addCheckIn(app.db, { actor, from: request.ip }, request.body, now)
      return reply.code(201).send(await checkInFor(app.db, checkInId, actor, now))
    },
  })

  app.route({
    ...readCheckIn,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { id } = await requireVisibleCheckIn(app.db, request.params.checkInId, viewer)
      return checkInFor(app.db, id, viewer, new Date())
    },
  })

  app.route({
    ...changeCheckIn,
    config: ofWriters,
    handler: async (request) => {
      const actor = requireViewer(request)
      const checkIn = await requireManagedCheckIn(app.db, request.params.checkInId, actor)
      const now = new Date()
      await editCheckIn(app.db, checkIn, request.body, { actor, from: request.ip }, now)
      // Whoever moves it to where they cannot look has seen it for the last time.
      const { id } = await requireVisibleCheckIn(app.db, checkIn.id, actor)
      return checkInFor(app.db, id, actor, now)
    },
  })

  app.route({
    ...listRounds,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { id } = await requireVisibleCheckIn(app.db, request.params.checkInId, viewer)
      const { cursor, limit } = request.query
      const [before] = cursor === undefined ? [] : decodeCursor(cursor, DateCursor)
      return roundsOf(app.db, id, viewer, { limit, before })
    },
  })

  app.route({
    ...readRoundOn,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { checkInId, date } = request.params
      const checkIn = await requireVisibleCheckIn(app.db, checkInId, viewer)
      const { rounds } = schema
      const [round] = await app.db
        .select()
        .from(rounds)
        .where(and(eq(rounds.checkInId, checkIn.id), eq(rounds.date, date)))
      if (!round) throw new ProblemError('not-found')
      return roundFor(app.db, { round, checkIn }, showing(viewer), new Date())
    },
  })

  app.route({
    ...readRound,
    handler: (request) => roundAs(request.params.roundId, requireViewer(request)),
  })

  app.route({
    ...replyToRound,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireViewer(request)
      await replyTo(app.db, request.params.roundId, viewer, request.body)
      return roundAs(request.params.roundId, viewer)
    },
  })

  app.route({
    ...setRoundState,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireViewer(request)
      await setState(app.db, request.params.roundId, viewer, request.body.state)
      return roundAs(request.params.roundId, viewer)
    },
  })

  app.route({
    ...readAnswerHistory,
    handler: async (request) => {
      const update = await requireVisibleUpdate(app.db, request.params.updateId, requireViewer(request))
      return historyOf(app.db, update)
    },
  })
}
