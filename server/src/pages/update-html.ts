import type { Update } from '@meanwhile/shared/contract/updates'
import type { Video } from '@meanwhile/shared/contract/videos'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import { spokenTime } from '@meanwhile/shared/media/time-code'
import type * as z from 'zod'
import { escapeHtml, escapeJson } from './web-app.ts'

export type Wire<S extends z.ZodType> = z.input<S>
/** Answers of the API by their address. */
export type Answers = Record<string, unknown>
/** An update and its video, as the API tells them. */
export type Told = { update: Wire<typeof Update>; video: Wire<typeof Video> | null }

const longestDescription = 200

export const descriptionOf = ({ update, video }: Told): string => {
  const length = video && video.durationMs > 0 ? `${spokenTime(video.durationMs)} by ${update.author.name}. ` : ''
  return (length + update.body).trim().slice(0, longestDescription)
}

/** Open Graph (https://ogp.me) and Twitter's card. @param more tags in addition, or in place of these */
export function previewTags(told: Told, image: string | null, more: Record<string, string | null> = {}): string {
  const { update, video } = told
  const tags: Record<string, string | null> = {
    'og:site_name': 'Meanwhile',
    'og:type': video ? 'video.other' : 'article',
    'og:title': shownTitle(update.title),
    'og:description': descriptionOf(told) || null,
    'og:url': update.url,
    'og:image': image,
    'twitter:card': image ? 'summary_large_image' : 'summary',
    ...more,
  }
  return Object.entries(tags)
    .flatMap(([name, content]) => (content === null ? [] : [`<meta property="${name}" content="${escapeHtml(content)}">`]))
    .join('')
}

/** Where consumers find what to show (https://oembed.com, §4). */
export const oembedLink = (url: string, publicUrl: string) =>
  `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(`${publicUrl}/api/oembed?url=${encodeURIComponent(url)}`)}">`

/** Until there is a file, what HLS asks for one after the other is asked for at once. */
export function preloads(video: Told['video']): string {
  const { hls, original } = video?.playback ?? {}
  if (!hls || original || !video?.finishedAt) return ''
  const main = hls.replace(/master\.m3u8$/, 'main/')
  const urls = [hls, `${main}playlist.m3u8`, `${main}000000.m4s`, `${main}000001.m4s`]
  return urls.map((url) => `<link rel="preload" as="fetch" crossorigin href="${escapeHtml(url)}">`).join('')
}

/** Shown where the player will be, which takes this element as its own: what is seen first waits for no script. */
export function earlyVideo(updateId: string, video: Told['video']): string {
  const { original, poster } = video?.playback ?? {}
  if (!original || !video) return ''
  const size = video.width && video.height ? ` width="${video.width}" height="${video.height}"` : ''
  const picture = poster ? ` poster="${escapeHtml(poster)}"` : ''
  return `<video playsinline preload="auto" data-update="${updateId}" src="${escapeHtml(original)}"${picture}${size}></video>`
}

/** Answers of the API for the page's first questions. */
export const answersScript = (answers: Answers) => `<script type="application/json" id="answers">${escapeJson(answers)}</script>`
