import type { OEmbed } from '@meanwhile/shared/contract/oembed'
import type { Update } from '@meanwhile/shared/contract/updates'
import type { Video } from '@meanwhile/shared/contract/videos'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import { escapeHtml } from '../pages/web-app.ts'
import type { Poster } from '../videos/poster.ts'
import { fit, type Size } from './fit.ts'

const usual: Size = { width: 640, height: 360 }
/** The side of a frame that nobody bounds is bounded by the other one. */
const unbounded = 10_000

/** `t`: the moment that the address names, as it stands there. `maxwidth` and `maxheight` in CSS pixels. */
export type Wish = { t: string | null; maxwidth?: number | undefined; maxheight?: number | undefined }

/** `frame`: the path of the player alone. */
type Shown = { update: Update; video: Video | null; poster: Poster | null; publicUrl: string; frame: string; expiresAt: Date }

/** An update as oEmbed 1.0 has it (https://oembed.com, §2.3.4); access was decided before. */
export function oembedView({ update, video, poster, publicUrl, frame, expiresAt }: Shown, wish: Wish): OEmbed {
  return {
    version: '1.0',
    type: video ? 'video' : 'link',
    title: shownTitle(update.title),
    author_name: update.author.name,
    provider_name: 'Meanwhile',
    provider_url: publicUrl,
    cache_age: Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1000)),
    ...(video ? frameOf(update, video, publicUrl + frame, wish) : {}),
    ...(poster && isWithin(poster, wish)
      ? { thumbnail_url: publicUrl + poster.url, thumbnail_width: poster.width, thumbnail_height: poster.height }
      : {}),
  }
}

function frameOf({ title }: Update, { width, height, durationMs }: Video, src: string, wish: Wish) {
  const { t, maxwidth, maxheight } = wish
  const bounds = { width: maxwidth ?? (maxheight ? unbounded : usual.width), height: maxheight ?? unbounded }
  const size = fit(width && height ? { width, height } : usual, bounds)
  const attributes = {
    src: `${src}${t === null ? '' : `?t=${encodeURIComponent(t)}`}`,
    title: shownTitle(title),
    ...size,
    style: 'border:0',
    allow: 'autoplay; fullscreen; picture-in-picture',
  }
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escapeHtml(`${value}`)}"`)
  return { html: `<iframe ${written.join(' ')}></iframe>`, ...size, duration: durationMs / 1000 }
}

/** A thumbnail that is larger than the consumer asked for must be left out. */
const isWithin = ({ width, height }: Size, { maxwidth = unbounded, maxheight = unbounded }: Wish) =>
  width <= maxwidth && height <= maxheight
