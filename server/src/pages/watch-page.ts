import type { Me } from '@meanwhile/shared/contract/auth'
import type { Update } from '@meanwhile/shared/contract/updates'
import type { Video } from '@meanwhile/shared/contract/videos'
import { schema } from '@meanwhile/shared/db/client'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
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
type Brought = Told & { answers: Answers; cookies: string[] }
type Params = { Params: { updateId: string } }
const { updates, workspaces } = schema

/**
 * `/u/:updateId`, and `/embed/:updateId` for other sites to frame, as HTML. Who may see the update gets it together
 * with the page: the API's own answers, tags for previews, and a video that begins to load before any script does.
 * Everybody else gets the app alone, alike for what does not exist and what they may not see.
 */
export const watchPage: FastifyPluginAsyncZod = async (app) => {
  const webApps = readWebApp()
  if (!webApps) return

  /** Asked of the API as the browser would ask, so that access is decided, and answers are written, in one place. */
  async function bring(request: FastifyRequest, updateId: string): Promise<Brought | null> {
    const { cookie, 'user-agent': userAgent = '' } = request.headers
    if (!cookie) return null
    // Of what happens from now on the page will hear: it may not be in the answers.
    const answers: Answers = { '/api/events': app.hub.position }
    const ask = async <T>(url: string) => {
      const answer = await app.inject({ url, remoteAddress: request.ip, headers: { cookie, 'user-agent': userAgent } })
      if (answer.statusCode !== 200) return null
      answers[url] = answer.json()
      return { body: answers[url] as T, cookies: [answer.headers['set-cookie'] ?? []].flat() }
    }
    const [me, update] = await Promise.all([
      ask<Wire<typeof Me>>('/api/me'),
      ask<Wire<typeof Update>>(`/api/updates/${encodeURIComponent(updateId)}`),
    ])
    if (!me || !update) return null
    const { videoId } = update.body
    const video = videoId === null ? null : await ask<Wire<typeof Video>>(`/api/videos/${videoId}`)
    return { update: update.body, video: video?.body ?? null, answers, cookies: me.cookies }
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
    app.get<Params>(url, { schema: { hide: true } }, async (request, reply) => {
      reply.headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', vary: varies })
      const brought = await bring(request, request.params.updateId)
      if (framed) reply.header('content-security-policy', await framePolicy(brought))
      const webApp = webApps.for(request.headers)
      const links = webApp.linksFor(source)
      const appearance = appearanceIn(request.headers.cookie)
      if (!brought) return webApp.with({ title: null, head: links, body: '' }, appearance)
      reply.header('cache-control', 'no-store')
      for (const cookie of brought.cookies) reply.header('set-cookie', cookie)
      return webApp.with(withUpdate(brought, links, app.env.PUBLIC_URL), appearance)
    })
  }
  serve('/u/:updateId', 'src/watch/WatchPage.svelte', false)
  serve('/embed/:updateId', 'src/embed/EmbedPage.svelte', true)
}

function withUpdate({ update, video, answers }: Brought, links: string, publicUrl: string): Additions {
  const image = video?.playback.poster ? publicUrl + video.playback.poster : null
  return {
    title: shownTitle(update.title),
    head: links + previewTags({ update, video }, image) + oembedLink(update.url, publicUrl) + preloads(video),
    body: answersScript(answers),
    video: earlyVideo(update.id, video),
  }
}
