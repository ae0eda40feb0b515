import { readOEmbed } from '@meanwhile/shared/contract/oembed'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { type MediaUrls, mediaUrls } from '../media/urls.ts'
import { requireVisibleUpdate } from '../updates/access.ts'
import { updateFor } from '../updates/queries.ts'
import { requireVisibleVideo } from '../videos/access.ts'
import { videoView } from '../videos/video-view.ts'
import { oembedView, type Poster } from './oembed-view.ts'
import { updateInUrl } from './update-in-url.ts'

const { assets } = schema

async function posterOf(db: Db, videoId: string, urls: MediaUrls): Promise<Poster | null> {
  const [poster] = await db
    .select()
    .from(assets)
    .where(and(eq(assets.videoId, videoId), eq(assets.name, 'poster')))
  return poster?.width && poster.height
    ? { url: urls.asset(videoId, poster.key), width: poster.width, height: poster.height }
    : null
}

export const oembedRoutes: FastifyPluginAsyncZod = async (app) => {
  const { PUBLIC_URL: publicUrl, MEDIA_SECRET: secret } = app.env

  app.route({
    ...readOEmbed,
    handler: async (request) => {
      const { url, format = 'json', ...bounds } = request.query
      if (format !== 'json') throw new ProblemError('format-not-offered')
      const { viewer } = request
      const place = updateInUrl(url, publicUrl)
      // Servers of other sites ask as nobody. To them a private update does not exist: 401 would say that it does.
      if (!place || !viewer) throw new ProblemError('not-found')
      const { id } = await requireVisibleUpdate(app.db, place.updateId, viewer)
      const urls = mediaUrls(secret)
      const update = await updateFor(app.db, id, { viewer, urls, publicUrl })
      const found = update.videoId ? await requireVisibleVideo(app.db, update.videoId, viewer) : null
      const [video, poster] = found
        ? await Promise.all([videoView(app.db, found.video, urls), posterOf(app.db, found.video.id, urls)])
        : [null, null]
      return oembedView({ update, video, poster, publicUrl, expiresAt: urls.expiresAt }, { t: place.t, ...bounds })
    },
  })
}
