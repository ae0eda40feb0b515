import {
  listNotifications,
  readAllNotifications,
  readNotification,
  unreadNotification,
} from '@meanwhile/shared/contract/notifications'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { parseCursor } from '../cursor.ts'
import { requireViewer } from '../session.ts'
import { markAllRead, markOne, notificationsOf } from './queries.ts'

export const notificationRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...listNotifications,
    handler: (request) => {
      const { cursor, ...page } = request.query
      const from = cursor === undefined ? undefined : parseCursor(cursor)
      return notificationsOf(app.db, requireViewer(request), { ...page, cursor: from })
    },
  })

  app.route({
    ...readNotification,
    handler: async (request) => ({
      unread: await markOne(app.db, requireViewer(request), request.params.notificationId, true),
    }),
  })

  app.route({
    ...unreadNotification,
    handler: async (request) => ({
      unread: await markOne(app.db, requireViewer(request), request.params.notificationId, false),
    }),
  })

  app.route({
    ...readAllNotifications,
    handler: async (request) => ({ unread: await markAllRead(app.db, requireViewer(request), request.body.updateId) }),
  })
}
