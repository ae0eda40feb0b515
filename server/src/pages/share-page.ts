import { ProblemError } from '@meanwhile/shared/contract/problem'
import { shareHeader } from '@meanwhile/shared/contract/share-header'
import type { ShareState } from '@meanwhile/shared/contract/share-links'
import type { Update } from '@meanwhile/shared/contract/updates'
import type { Video } from '@meanwhile/shared/contract/videos'
import { schema } from '@meanwhile/shared/db/client'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { contentPolicy, framesOf } from '../content-policy.ts'
import { guestUrls } from '../media/urls.ts'
import { asksNothing } from '../share-links/grant.ts'
import { type FoundLink, requireShareLink } from '../share-links/guests.ts'
import { posterOf } from '../videos/poster.ts'
import { appearanceIn } from './appearance.ts'
import { beginAtOnce } from './begin-at-once.ts'
import { publicTags } from './public-tags.ts'
import { type Answers, answersScript, earlyVideo, preloads, type Told, type Wire } from './update-html.ts'
import { type Additions, readWebApp } from './web-app.ts'

const { videos } = schema
const noindex = '<meta name="robots" content="noindex">'

type Params = { Params: { token: string } }
type Opened = { state: Wire<typeof ShareState>; told: Told | null; answers: Answers; cookies: string[] }

/**
 * `/s/:token`, and `/embed/s/:token` for other sites to frame. Who may watch gets the update together with the page, as on the watch
 * page; before that nothing of it is in the HTML. Only links that ask for nothing say to others what they lead to.
 */
export const sharePage: FastifyPluginAsyncZod = async (app) => {
  const webApp = readWebApp()
  if (!webApp) return

  /** Asked of the API as the browser would ask, so that access is decided, and answers are written, in one place. */
  async function open(request: FastifyRequest, token: string, framed: boolean): Promise<Opened> {
    const { 'user-agent': userAgent = '' } = request.headers
    const answers: Answers = { '/api/events': app.hub.position }
    let { cookie = '' } = request.headers
    const ask = async (url: string, more: { method?: 'POST'; payload?: object; headers?: Record<string, string> } = {}) => {
      const headers = { 'user-agent': userAgent, ...(cookie ? { cookie } : {}), ...more.headers }
      const answer = await app.inject({ url, ...more, remoteAddress: request.ip, headers })
      return { ok: answer.statusCode === 200, body: answer.json(), cookies: [answer.headers['set-cookie'] ?? []].flat() }
    }
    const share = `/api/share/${token}`
    const [me, door] = await Promise.all([
      ask('/api/me'),
      // Inside of other sites' pages no cookie is kept: there nobody is known.
      framed ? ask(share) : ask(`${share}/open`, { method: 'POST', payload: {} }),
    ])
    answers['/api/me'] = me.ok ? me.body : null
    const isLocked = door.body.type === '/problems/share-link-locked'
    const state: Opened['state'] = door.ok ? door.body : { needs: isLocked ? 'password' : null, open: null }
    // What could not be answered the page asks again.
    if (door.ok || isLocked) answers[share] = state
    const cookies = [...me.cookies, ...door.cookies]
    if (!state.open || state.open.member) return { state, told: null, answers, cookies }
    cookie = [cookie, ...door.cookies.map((each) => each.split('; ')[0])].filter(Boolean).join('; ')
    const read = async <T>(url: string) => {
      const { ok, body } = await ask(url, { headers: { [shareHeader]: token } })
      if (ok) answers[url] = body
      return ok ? (body as T) : null
    }
    const update = await read<Wire<typeof Update>>(`/api/updates/${state.open.updateId}`)
    if (!update) return { state, told: null, answers, cookies }
    const video = update.videoId === null ? null : await read<Wire<typeof Video>>(`/api/videos/${update.videoId}`)
    return { state, told: { update, video }, answers, cookies }
  }

  const nothing: Additions = { title: null, head: noindex, body: '' }

  /** The link, or null when it leads nowhere, which the status says. */
  async function find(reply: FastifyReply, token: string): Promise<FoundLink | null> {
    try {
      return await requireShareLink(app, token)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      reply.code(error.code === 'share-link-ended' ? 410 : 404)
      return null
    }
  }

  async function pageOf(request: FastifyRequest<Params>, reply: FastifyReply, framed: boolean) {
    const { token } = request.params
    const found = await find(reply, token)
    if (!found) return nothing
    if (framed) reply.header('content-security-policy', contentPolicy(framesOf(found.workspace.embedSites)))
    const { state, told, answers, cookies } = await open(request, token, framed)
    for (const cookie of cookies) reply.header('set-cookie', cookie)
    if (state.open?.member) {
      const { search } = new URL(request.url, app.env.PUBLIC_URL)
      reply.redirect(`${framed ? '/embed' : '/u'}/${state.open.updateId}${search}`)
      return null
    }
    if (!told) return { ...nothing, body: answersScript(answers) }
    const isPublic = asksNothing(found.link)
    const isIndexed = isPublic && found.link.isIndexed
    if (isIndexed) reply.removeHeader('x-robots-tag')
    const tags = isPublic ? publicTags(told, app.env.PUBLIC_URL, { isIndexed }) : ''
    return {
      title: shownTitle(told.update.title),
      head: (isIndexed ? '' : noindex) + tags + preloads(told.video),
      body: answersScript(answers),
      video: earlyVideo(told.update.id, told.video),
    }
  }

  const serve = (url: string, chunk: string, earlyStyles: string, framed: boolean) => {
    const chunks = ['src/share/SharePage.svelte', 'src/share/SharedUpdate.svelte', chunk]
    const pageFor = webApp.pageOf({ chunks, earlyStyles })
    app.get<Params>(url, { schema: { hide: true } }, async (request, reply) => {
      reply.headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
      beginAtOnce(reply)
      if (framed) reply.header('content-security-policy', contentPolicy('*'))
      const additions = await pageOf(request, reply, framed)
      return additions ? pageFor(request.headers).whole(additions, appearanceIn(request.headers.cookie)) : reply
    })
  }
  serve('/s/:token', 'src/watch/WatchPage.svelte', 'src/watch/early-video.css', false)
  serve('/embed/s/:token', 'src/embed/EmbedPlayer.svelte', 'src/embed/early-video.css', true)

  /** The picture of what a public link leads to, at an address that holds as long as the link. */
  app.get<Params>('/s/:token/poster.jpg', { schema: { hide: true } }, async (request, reply) => {
    const { link, update } = await requireShareLink(app, request.params.token)
    if (!asksNothing(link)) throw new ProblemError('not-found')
    const [video] = await app.db
      .select({ id: videos.id })
      .from(videos)
      .where(and(eq(videos.updateId, update.id), isNull(videos.commentId)))
    const poster = video && (await posterOf(app.db, video.id, guestUrls(app.env.MEDIA_SECRET)))
    if (!poster) throw new ProblemError('not-found')
    return reply.redirect(poster.url)
  })
}
