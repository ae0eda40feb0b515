import { Readable } from 'node:stream'
import { Me } from '@meanwhile/shared/contract/auth'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { Update } from '@meanwhile/shared/contract/updates'
import { Video } from '@meanwhile/shared/contract/videos'
import { schema } from '@meanwhile/shared/db/client'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { whoAsks } from '../auth/who-asks.ts'
import { contentPolicy, framesOf } from '../content-policy.ts'
import { bearerOf } from '../tokens/bearer.ts'
import { readUpdate } from '../updates/read-update.ts'
import { readVideo } from '../videos/read-video.ts'
import { appearanceIn } from './appearance.ts'
import { beginAtOnce } from './begin-at-once.ts'
import { varies } from './language.ts'
import { type Answers, answersScript, earlyVideo, oembedLink, preloads, previewTags, type Told } from './update-html.ts'
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
    const isOwn = and(eq(videos.updateId, updateId), isNull(videos.commentId))
    const [video] = await app.db.select({ id: videos.id }).from(videos).where(isOwn).prepare('video-of-update').execute()
    return video?.id ?? null
  }

  /** What the routes of the API answer this viewer. @throws {ProblemError} `not-found` */
  async function bring(request: FastifyRequest, updateId: string): Promise<Brought | null> {
    // Of what happens from now on the page will hear: it may not be in the answers.
    const answers: Answers = { '/api/events': app.hub.position }
    const [{ viewer, isAged }, videoId] = await Promise.all([whoAsks(app, request), videoOf(updateId)])
    if (!viewer) return null
    const [update, video] = await Promise.all([
      readUpdate(app, updateId, viewer).then((read) => z.encode(Update, read)),
      videoId && readVideo(app, videoId, viewer).then((read) => z.encode(Video, read)),
    ])
    answers[`/api/updates/${update.id}`] = update
    if (video) answers[`/api/videos/${video.id}`] = video
    // Its answer sets cookies, which is too late here: the page asks for it itself.
    const setsCookie = isAged || appearanceIn(request.headers.cookie) !== viewer.appearance
    if (!setsCookie) answers['/api/me'] = z.encode(Me, viewer)
    return { update, video: video || null, answers }
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

  const serve = (url: string, chunk: string, earlyStyles: string, framed: boolean) => {
    const pageFor = webApp.pageOf({ chunks: [chunk], earlyStyles })
    app.get<Params>(url, { schema: { hide: true } }, async (request, reply) => {
      reply.headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', vary: varies })
      beginAtOnce(reply)
      const page = pageFor(request.headers)
      const appearance = appearanceIn(request.headers.cookie)
      if (framed) reply.header('content-security-policy', contentPolicy('*'))
      const { updateId } = request.params
      if (!request.headers.cookie || bearerOf(request) !== undefined || !z.uuid().safeParse(updateId).success)
        return page.whole(nothing, appearance)
      reply.header('cache-control', 'no-store')
      const brought = bring(request, updateId).catch((error: unknown) => {
        // The app asks again, and says what is wrong.
        if (!(error instanceof ProblemError)) request.log.warn(error)
        return null
      })
      if (framed) reply.header('content-security-policy', await framePolicy(await brought))
      const end = (known: Brought | null) => page.end(known ? withUpdate(known, app.env.PUBLIC_URL) : nothing)
      return Readable.from(inParts(page.begin(appearance), brought, end))
    })
  }
  serve('/u/:updateId', 'src/watch/WatchPage.svelte', 'src/watch/early-video.css', false)
  serve('/embed/:updateId', 'src/embed/EmbedPage.svelte', 'src/embed/early-video.css', true)
}

const nothing: Additions = { title: null, head: '', body: '' }

/** The browser makes room for the page while the database still answers. */
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
