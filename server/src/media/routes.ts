import { ProblemError } from '@meanwhile/shared/contract/problem'
import { Track } from '@meanwhile/shared/contract/videos'
import { schema } from '@meanwhile/shared/db/client'
import { timeCode } from '@meanwhile/shared/media/time-code'
import { keys } from '@meanwhile/shared/platform/keys'
import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { contentDisposition } from './content-disposition.ts'
import { mainPlaylist, mediaPlaylist } from './playlists.ts'
import { sendObject } from './send-object.ts'
import { requireMediaToken } from './token.ts'

const MediaParams = z.object({ token: z.string().max(100), videoId: z.uuid() })
const FileParams = MediaParams.extend({ folder: z.string().max(40), file: z.string().max(40) })
const Attempt = z.uuid()

/** The key of an object that a path may name; undefined for every other path. */
export function keyOf(videoId: string, folder: string, file: string): string | undefined {
  const track = Track.safeParse(folder)
  if (track.success) return /^\d{6}\.m4s$/.test(file) ? keys.segment(videoId, track.data, Number.parseInt(file, 10)) : undefined
  return Attempt.safeParse(folder).success && /^[a-z0-9-]+\.(mp4|m4a|jpg|vtt|json)$/.test(file)
    ? keys.asset(videoId, folder, file)
    : undefined
}

function sendPlaylist(reply: FastifyReply, text: string | undefined, maxAge: number) {
  if (text === undefined) throw new ProblemError('not-found')
  return reply.header('cache-control', `private, max-age=${maxAge}`).type('application/vnd.apple.mpegurl').send(text)
}

/** Media is authorised by its path alone: no session, no query, never a cookie. */
export const mediaRoutes: FastifyPluginAsyncZod = async (app) => {
  const secret = app.env.MEDIA_SECRET

  app.get('/media/:token/:videoId/master.m3u8', { schema: { hide: true, params: MediaParams } }, async (request, reply) => {
    const { token, videoId } = request.params
    requireMediaToken(secret, videoId, token)
    return sendPlaylist(reply, await mainPlaylist(app.db, videoId), 2)
  })

  async function sendDownload(request: FastifyRequest, reply: FastifyReply, videoId: string, asset: string) {
    const { assets, updates, videos } = schema
    const [found] = await app.db
      .select({ key: assets.key, title: updates.title, createdAt: updates.createdAt, durationMs: assets.durationMs })
      .from(assets)
      .innerJoin(videos, eq(videos.id, assets.videoId))
      .innerJoin(updates, eq(updates.id, videos.updateId))
      .where(and(eq(assets.videoId, videoId), eq(assets.name, asset), isNull(updates.trashedAt)))
    if (!found) throw new ProblemError('not-found')
    const name = `${found.title || `Update ${timeCode(found.durationMs ?? 0)}`} ${found.createdAt.toISOString().slice(0, 10)}.mp4`
    // The author may change the cuts: the next download is another file under the same name.
    reply.headers({ 'content-disposition': contentDisposition(name), 'cache-control': 'private, no-cache' })
    return sendObject(request, reply, app.storage, found.key)
  }

  app.get('/media/:token/:videoId/:folder/:file', { schema: { hide: true, params: FileParams } }, async (request, reply) => {
    const { token, videoId, folder, file } = request.params
    const { expiresAt } = requireMediaToken(secret, videoId, token)
    if (file === 'playlist.m3u8') {
      const playlist = await mediaPlaylist(app.db, videoId, folder)
      return sendPlaylist(reply, playlist?.text, playlist?.final ? 600 : 1)
    }
    const maxAge = Math.max(0, Math.floor((expiresAt - Date.now()) / 1000))
    reply.header('cache-control', `private, max-age=${maxAge}, immutable`)
    const download = folder === 'download' && /^(original|download)\.mp4$/.exec(file)
    if (download) return sendDownload(request, reply, videoId, `${download[1]}`)
    const key = keyOf(videoId, folder, file)
    if (!key) throw new ProblemError('not-found')
    return sendObject(request, reply, app.storage, key)
  })
}
