import {
  createManagerLink,
  listManagerLinks,
  openManagerPage,
  readManagerPage,
  readManagerVideo,
  revokeManagerLink as revokeManagerLinkEndpoint,
} from '@meanwhile/shared/contract/manager-links'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { guestUrls } from '../media/urls.ts'
import { requireOwnedPosition } from '../positions/access.ts'
import { requireViewer } from '../session.ts'
import { videoView } from '../videos/video-view.ts'
import { requireManagerLink, requireManagerVideo, requireOwnedManagerLink } from './access.ts'
import { managerPage } from './manager-page.ts'
import { addManagerLink, managerLink, managerLinksOf, noteOpened, revokeManagerLink } from './queries.ts'

/** Links by which hiring managers without an account watch candidates, and what these show. */
export const managerLinkRoutes: FastifyPluginAsyncZod = async (app) => {
  const by = (request: FastifyRequest) => ({ actor: requireViewer(request), from: request.ip })
  /** What plays ends soon after a link is revoked, and nothing is offered for download. */
  const urls = () => ({ ...guestUrls(app.env.MEDIA_SECRET), download: () => null })
  const ofGuests = { rateLimit: { max: 300, timeWindow: '1 minute' } }

  app.route({
    ...listManagerLinks,
    handler: async (request) => {
      const { id } = await requireOwnedPosition(app.db, request.params.positionId, requireViewer(request))
      return { items: await managerLinksOf(app.db, app.env, id) }
    },
  })

  app.route({
    ...createManagerLink,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const position = await requireOwnedPosition(app.db, request.params.positionId, requireViewer(request))
      const linkId = await addManagerLink(app.db, position, request.body, by(request))
      return reply.code(201).send(await managerLink(app.db, app.env, linkId))
    },
  })

  app.route({
    ...revokeManagerLinkEndpoint,
    handler: async (request, reply) => {
      const { link, position } = await requireOwnedManagerLink(app.db, request.params.managerLinkId, requireViewer(request))
      await revokeManagerLink(app.db, link, position, by(request))
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...readManagerPage,
    config: ofGuests,
    handler: async (request) => managerPage(app.db, await requireManagerLink(app, request.params.token), urls()),
  })

  app.route({
    ...openManagerPage,
    config: ofGuests,
    handler: async (request, reply) => {
      const { link } = await requireManagerLink(app, request.params.token)
      await noteOpened(app.db, link)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...readManagerVideo,
    config: ofGuests,
    handler: async (request) => {
      const found = await requireManagerLink(app, request.params.token)
      return videoView(app.db, await requireManagerVideo(app.db, found, request.params.videoId), urls())
    },
  })
}
