import type { Me } from '@meanwhile/shared/contract/auth'
import type { Update } from '@meanwhile/shared/contract/updates'
import type { Video } from '@meanwhile/shared/contract/videos'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import { spokenTime } from '@meanwhile/shared/media/time-code'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type * as z from 'zod'
import { contentPolicy } from '../content-policy.ts'
import { appearanceIn } from './appearance.ts'
import { type Additions, escapeHtml, escapeJson, readWebApp } from './web-app.ts'

type Wire<S extends z.ZodType> = z.input<S>
type Answers = Record<string, unknown>

/** An update, and what else its page asks for first, by the address of each answer. */
type Brought = { update: Wire<typeof Update>; video: Wire<typeof Video> | null; answers: Answers; cookies: string[] }

const longestDescription = 200

/**
 * `/u/:updateId`, and `/embed/:updateId` for other sites to frame, as HTML. Who may see the update gets it together
 * with the page: the API's own answers, tags for previews, and a video that begins to load before any script does.
 * Everybody else gets the app alone, alike for what does not exist and what they may not see.
 */
export const watchPage: FastifyPluginAsyncZod = async (app) => {
  const webApp = readWebApp()
  if (!webApp) return

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

  const serve = (url: string, source: string, headers: Record<string, string> = {}) => {
    const links = webApp.linksFor(source)
    app.get<{ Params: { updateId: string } }>(url, { schema: { hide: true } }, async (request, reply) => {
      reply.headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', ...headers })
      const brought = await bring(request, request.params.updateId)
      const appearance = appearanceIn(request.headers.cookie)
      if (!brought) return webApp.with({ title: null, head: links, body: '' }, appearance)
      reply.header('cache-control', 'no-store')
      for (const cookie of brought.cookies) reply.header('set-cookie', cookie)
      return webApp.with(withUpdate(brought, links, app.env.PUBLIC_URL), appearance)
    })
  }
  serve('/u/:updateId', 'src/watch/WatchPage.svelte')
  serve('/embed/:updateId', 'src/embed/EmbedPage.svelte', { 'content-security-policy': contentPolicy('*') })
}

function withUpdate({ update, video, answers }: Brought, links: string, publicUrl: string): Additions {
  const title = shownTitle(update.title)
  const data = `<script type="application/json" id="answers">${escapeJson(answers)}</script>`
  return {
    title,
    head: links + previewTags({ update, video, title, publicUrl }) + oembedLink(update.url, publicUrl) + preloads(video),
    body: data + earlyVideo(update.id, video),
  }
}

/** Open Graph (https://ogp.me) and Twitter's card. */
function previewTags({
  update,
  video,
  title,
  publicUrl,
}: Pick<Brought, 'update' | 'video'> & { title: string; publicUrl: string }) {
  const length = video && video.durationMs > 0 ? `${spokenTime(video.durationMs)} by ${update.author.name}. ` : ''
  const description = (length + update.body).trim().slice(0, longestDescription)
  const image = video?.playback.poster ? publicUrl + video.playback.poster : null
  const tags: [string, string | null][] = [
    ['og:site_name', 'Meanwhile'],
    ['og:type', video ? 'video.other' : 'article'],
    ['og:title', title],
    ['og:description', description || null],
    ['og:url', update.url],
    ['og:image', image],
    ['twitter:card', image ? 'summary_large_image' : 'summary'],
  ]
  return tags
    .flatMap(([name, content]) => (content === null ? [] : [`<meta property="${name}" content="${escapeHtml(content)}">`]))
    .join('')
}

/** Where consumers find what to show (https://oembed.com, §4). */
const oembedLink = (url: string, publicUrl: string) =>
  `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(`${publicUrl}/api/oembed?url=${encodeURIComponent(url)}`)}">`

/** Until there is a file, what HLS asks for one after the other is asked for at once. */
function preloads(video: Brought['video']): string {
  const { hls, original } = video?.playback ?? {}
  if (!hls || original || !video?.finishedAt) return ''
  const main = hls.replace(/master\.m3u8$/, 'main/')
  const urls = [hls, `${main}playlist.m3u8`, `${main}000000.m4s`, `${main}000001.m4s`]
  return urls.map((url) => `<link rel="preload" as="fetch" crossorigin href="${escapeHtml(url)}">`).join('')
}

/** The player takes this element as its own. */
function earlyVideo(updateId: string, video: Brought['video']): string {
  const { original } = video?.playback ?? {}
  if (!original) return ''
  return `<video hidden playsinline preload="auto" data-update="${updateId}" src="${escapeHtml(original)}"></video>`
}
