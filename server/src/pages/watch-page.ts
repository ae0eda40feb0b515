import { Readable } from 'node:stream'
import type { Me } from '@meanwhile/shared/contract/auth'
import type { Update } from '@meanwhile/shared/contract/updates'
import type { Video } from '@meanwhile/shared/contract/videos'
import { schema } from '@meanwhile/shared/db/client'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { contentPolicy, framesOf } from '../content-policy.ts'
import { appearanceIn } from './appearance.ts'
import { varies } from './language.ts'
import {
  type Answers,
  answersScript,
  earlyVideo,
  oembedLink,
  preloads,
  previewTags,
  type Told,
  type Wire,
} from './update-html.ts'
import { type Additions, readWebApp } from './web-app.ts'

/** An update, and what else its page asks for first, by the address of each answer. */
type Brought = Told & { answers: Answers }
type Params = { Params: { updateId: string } }
const { updates, videos, workspaces } = schema

/**
 * `/u/:updateId`, and `/embed/:updateId` for other sites to frame, as HTML. Who may see the update gets it together
 * with the page: the API's own answers, tags for previews, and a video that begins to load before any script does.
 * Everybody else gets the app alone, alike for what does not exist and what they may not see.
 */
export const watchPage: FastifyPluginAsyncZod = async (app) => {
  const webApp = readWebApp()
  if (!webApp) return

  /** Known beforehand, what is told of a video is asked for together with all else. */
  async function videoOf(updateId: string): Promise<string | null> {
    if (!z.uuid().safeParse(updateId).success) return null
    const isOwn = and(eq(videos.updateId, updateId), isNull(videos.commentId))
    const [video] = await app.db.select({ id: videos.id }).from(videos).where(isOwn)
    return video?.id ?? null
  }

  /** Asked of the API as the browser would ask, so that access is decided, and answers are written, in one place. */
  function bring(request: FastifyRequest, cookie: string, updateId: string) {
    const { 'user-agent': userAgent = '' } = request.headers
    // Of what happens from now on the page will hear: it may not be in the answers.
    const position = app.hub.position
    const ask = async <T>(url: string) => {
      const answer = await app.inject({ url, remoteAddress: request.ip, headers: { cookie, 'user-agent': userAgent } })
      return answer.statusCode === 200 ? { body: answer.json<T>(), cookies: [answer.headers['set-cookie'] ?? []].flat() } : null
    }
    const asked = {
      me: ask<Wire<typeof Me>>('/api/me'),
      update: ask<Wire<typeof Update>>(`/api/updates/${encodeURIComponent(updateId)}`),
      video: videoOf(updateId).then((id) => (id === null ? null : ask<Wire<typeof Video>>(`/api/videos/${id}`))),
    }
    asked.video.catch(() => {})
    const brought = async (): Promise<Brought | null> => {
      const [me, update] = await Promise.all([asked.me, asked.update])
      // How long it takes says nothing of what is hidden.
      if (!me || !update) return null
      const video = await asked.video
      const isItsVideo = video !== null && video.body.id === update.body.videoId
      const answers: Answers = { '/api/events': position, '/api/me': me.body, [`/api/updates/${update.body.id}`]: update.body }
      if (isItsVideo) answers[`/api/videos/${video.body.id}`] = video.body
      return { update: update.body, video: isItsVideo ? video.body : null, answers }
    }
    const giveUp = (error: unknown) => {
      // The app asks again, and says what is wrong.
      request.log.warn(error)
      return null
    }
    return { me: asked.me, all: brought().catch(giveUp) }
  }

  /** What an update's workspace says about frames. Of what is hidden it is not told: there is only a way to sign in. */
  async function framePolicy(brought: Brought | null): Promise<string> {
    if (!brought) return contentPolicy('*')
    const [place] = await app.db
      .select({ embedSites: workspaces.embedSites })
      .from(updates)
      .innerJoin(workspaces, eq(workspaces.id, updates.workspaceId))
      .where(eq(updates.id, brought.update.id))
    return contentPolicy(framesOf(place?.embedSites ?? []))
  }

  const serve = (url: string, source: string, framed: boolean) => {
    const pageFor = webApp.pageOf(source)
    app.get<Params>(url, { schema: { hide: true } }, async (request, reply) => {
      reply.headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', vary: varies })
      const page = pageFor(request.headers)
      const appearance = appearanceIn(request.headers.cookie)
      const { cookie } = request.headers
      if (framed) reply.header('content-security-policy', contentPolicy('*'))
      const asked = cookie ? bring(request, cookie, request.params.updateId) : null
      const me = await asked?.me
      if (!asked || !me) return page.whole(nothing, appearance)
      reply.header('cache-control', 'no-store')
      for (const each of me.cookies) reply.header('set-cookie', each)
      if (framed) reply.header('content-security-policy', await framePolicy(await asked.all))
      return Readable.from(
        inParts(page.begin(appearance), asked.all, (brought) =>
          page.end(brought ? withUpdate(brought, app.env.PUBLIC_URL) : nothing),
        ),
      )
    })
  }
  serve('/u/:updateId', 'src/watch/WatchPage.svelte', false)
  serve('/embed/:updateId', 'src/embed/EmbedPage.svelte', true)
}

const nothing: Additions = { title: null, head: '', body: '' }

/** The browser makes room for the page, and gets its styles, while the API still answers. */
async function* inParts<T>(begin: string, known: Promise<T>, end: (known: T) => string) {
  yield begin
  yield end(await known)
}

function withUpdate({ update, video, answers }: Brought, publicUrl: string): Additions {
  const image = video?.playback.poster ? publicUrl + video.playback.poster : null
  return {
    title: shownTitle(update.title),
    head: previewTags({ update, video }, image) + oembedLink(update.url, publicUrl) + preloads(video),
    body: answersScript(answers),
    video: earlyVideo(update.id, video),
  }
}
