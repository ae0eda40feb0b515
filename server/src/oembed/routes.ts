import { readOEmbed } from '@meanwhile/shared/contract/oembed'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { urlsFor, urlsOf } from '../media/urls.ts'
import { findGuest } from '../share-links/guests.ts'
import { requireVisibleUpdate } from '../updates/access.ts'
import { refuseApart } from '../updates/apart.ts'
import { updateFor } from '../updates/queries.ts'
import { requireVisibleVideo } from '../videos/access.ts'
import { posterOf } from '../videos/poster.ts'
import { videoView } from '../videos/video-view.ts'
import { oembedView } from './oembed-view.ts'
import { placeInUrl } from './place-in-url.ts'

/** Who asks, about what, and where a frame finds its player. @throws {ProblemError} `not-found` */
async function placeOf(app: FastifyInstance, request: FastifyRequest, url: string) {
  const place = placeInUrl(url, app.env.PUBLIC_URL)
  // Servers of other sites ask as nobody. To them a private update does not exist: 401 would say that it does.
  if (!place) throw new ProblemError('not-found')
  if ('updateId' in place) {
    if (!request.viewer) throw new ProblemError('not-found')
    return { reader: request.viewer, updateId: place.updateId, frame: `/embed/${place.updateId}`, t: place.t }
  }
  const guest = await findGuest(app, place.token)
  if (guest instanceof ProblemError) throw new ProblemError('not-found')
  return { reader: guest, updateId: guest.link.updateId, frame: `/embed/s/${place.token}`, t: place.t }
}

export const oembedRoutes: FastifyPluginAsyncZod = async (app) => {
  const { PUBLIC_URL: publicUrl, MEDIA_SECRET: secret } = app.env

  app.route({
    ...readOEmbed,
    handler: async (request) => {
      const { url, format = 'json', ...bounds } = request.query
      if (format !== 'json') throw new ProblemError('format-not-offered')
      const { reader, updateId, frame, t } = await placeOf(app, request, url)
      const seen = await requireVisibleUpdate(app.db, updateId, reader)
      refuseApart(seen, 'No page of another site shows it.')
      const own = urlsFor(secret, reader)
      const update = await updateFor(app.db, seen.id, { viewer: reader, urls: own, publicUrl })
      const urls = urlsOf(seen, own)
      const found = update.videoId ? await requireVisibleVideo(app.db, update.videoId, reader) : null
      const [video, poster] = found
        ? await Promise.all([videoView(app.db, found.video, urls), posterOf(app.db, found.video.id, urls)])
        : [null, null]
      return oembedView({ update, video, poster, publicUrl, frame, expiresAt: urls.expiresAt }, { t, ...bounds })
    },
  })
}
