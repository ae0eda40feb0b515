import {
  changeUpdate,
  createUpdate,
  deleteUpdate,
  keepUpdate,
  listUpdates,
  readUpdate as readUpdateEndpoint,
  recordView,
  unkeepUpdate,
} from '@meanwhile/shared/contract/updates'
import type { Db } from '@meanwhile/shared/db/client'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { addTake } from '../candidates/add-take.ts'
import { dropTake } from '../candidates/answers.ts'
import { requireVisibleChannel } from '../channels/access.ts'
import { parseCursor } from '../cursor.ts'
import { changePerson } from '../people/queries.ts'
import { requireReader, requireReaderOrCandidate, requireRecorder, requireViewer } from '../session.ts'
import { keepGuest } from '../share-links/guests.ts'
import { requireRoomForVideo } from '../storage-use/require-room.ts'
import { requireDeletableUpdate, requireKeepableUpdate, requireOwnUpdate, requireVisibleUpdate } from './access.ts'
import { setKept } from './keep.ts'
import { addUpdate, editUpdate, trashUpdate, updateFor, updatesFor } from './queries.ts'
import { readUpdate, showingTo } from './read-update.ts'
import { addView } from './views.ts'

export const updateRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...listUpdates,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { limit, unwatched, channelId, cursor } = request.query
      if (channelId) await requireVisibleChannel(app.db, channelId, viewer)
      return updatesFor(app.db, showingTo(app.env, viewer), {
        limit,
        unwatched,
        channelId,
        cursor: cursor === undefined ? undefined : parseCursor(cursor),
      })
    },
  })

  app.route({
    ...createUpdate,
    config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const author = requireRecorder(request)
      const admit = (tx: Db) => requireRoomForVideo(tx, app.env, author)
      const { isNew, update } =
        author.role === 'candidate'
          ? await addTake(app.db, author, request.body, admit)
          : await addUpdate(app.db, author, request.body, admit)
      return reply.code(isNew ? 201 : 200).send(await updateFor(app.db, update.id, showingTo(app.env, author)))
    },
  })

  app.route({
    ...readUpdateEndpoint,
    handler: (request) => readUpdate(app, request.params.updateId, requireReaderOrCandidate(request)),
  })

  app.route({
    ...changeUpdate,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const update = await requireOwnUpdate(app.db, request.params.updateId, viewer)
      await editUpdate(app.db, update, viewer, request.body)
      return updateFor(app.db, update.id, showingTo(app.env, viewer))
    },
  })

  app.route({
    ...deleteUpdate,
    handler: async (request, reply) => {
      const viewer = requireRecorder(request)
      if (viewer.role === 'candidate') {
        await dropTake(app.db, await requireVisibleUpdate(app.db, request.params.updateId, viewer))
        return reply.code(204).send(null)
      }
      const update = await requireDeletableUpdate(app.db, request.params.updateId, viewer)
      await trashUpdate(app.db, update, viewer, request.ip)
      return reply.code(204).send(null)
    },
  })

  async function keep(request: FastifyRequest, updateId: string, isKept: boolean) {
    const viewer = requireViewer(request)
    const update = await requireKeepableUpdate(app.db, updateId, viewer)
    await setKept(app.db, update, isKept, viewer, request.ip)
    return updateFor(app.db, updateId, showingTo(app.env, viewer))
  }
  app.route({ ...keepUpdate, handler: (request) => keep(request, request.params.updateId, true) })
  app.route({ ...unkeepUpdate, handler: (request) => keep(request, request.params.updateId, false) })

  app.route({
    ...recordView,
    handler: async (request) => {
      const viewer = requireReader(request)
      const update = await requireVisibleUpdate(app.db, request.params.updateId, viewer)
      const { rate, ranges, positionMs = 0 } = request.body
      // Of a guest who is not known nothing is kept.
      if (viewer.role === 'guest' && !viewer.isKnown) return { positionMs, seen: ranges, rate: rate ?? viewer.rate }
      await keepGuest(app.db, viewer)
      const view = await addView(app.db, update, viewer, request.body)
      if (rate !== undefined && viewer.role !== 'guest') await changePerson(app.db, viewer.id, { rate })
      return { ...view, rate: rate ?? viewer.rate }
    },
  })
}
