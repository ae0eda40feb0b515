import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { sendObject } from '../media/send-object.ts'
import { audioPath, isSignature } from './audio-address.ts'
import { episodesOf, findEpisode, findFeed, type OpenFeed } from './queries.ts'
import { rss } from './rss.ts'

const FeedParams = z.object({ token: z.string().max(100) })
const AudioParams = z.object({ feedId: z.uuid(), updateId: z.uuid(), file: z.string().max(60) })

const titleOf = ({ workspace, channel, checkIn }: OpenFeed) => [channel ?? checkIn, workspace].filter(Boolean).join(' · ')

/** What podcast programs fetch: authorised by its address alone, never a session. What its person may not hear any more is not there. */
export const podcastFileRoutes: FastifyPluginAsyncZod = async (app) => {
  const { MEDIA_SECRET: secret, PUBLIC_URL: site } = app.env
  const config = { rateLimit: { max: 300, timeWindow: '1 minute' } }

  app.get('/podcast/:token/feed.xml', { config, schema: { hide: true, params: FeedParams } }, async (request, reply) => {
    const { token } = request.params
    const found = await findFeed(app.db, token)
    if (!found) throw new ProblemError('not-found')
    const episodes = await episodesOf(app.db, found.feed)
    reply.headers({ 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' }).type('application/rss+xml; charset=utf-8')
    return reply.send(
      rss({
        title: titleOf(found),
        description: `What ${found.person} can hear in ${found.workspace}. This feed is private: do not pass on its address.`,
        link: site,
        self: `${site}/podcast/${token}/feed.xml`,
        episodes: episodes.map(({ id, title, body, author, publishedAt, sizeBytes, durationMs }) => ({
          ...{ id, title, body, author, sizeBytes },
          publishedAt: publishedAt ?? found.feed.createdAt,
          durationMs: durationMs ?? 0,
          audioUrl: site + audioPath(secret, found.feed.id, id),
        })),
      }),
    )
  })

  app.get('/podcast/:feedId/:updateId/:file', { config, schema: { hide: true, params: AudioParams } }, async (request, reply) => {
    const { feedId, updateId, file } = request.params
    const isOurs = file.endsWith('.m4a') && isSignature(secret, feedId, updateId, file.slice(0, -4))
    const episode = isOurs ? await findEpisode(app.db, feedId, updateId) : undefined
    if (!episode) throw new ProblemError('not-found')
    // The author may change the cuts: the next time it is another file under the same address.
    reply.header('cache-control', 'private, no-cache')
    return sendObject(request, reply, app.storage, episode.key)
  })
}
