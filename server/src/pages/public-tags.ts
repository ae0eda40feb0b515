import { shownTitle } from '@meanwhile/shared/media/shown-title'
import { descriptionOf, oembedLink, previewTags, type Told } from './update-html.ts'
import { escapeJson } from './web-app.ts'

const usual = { width: 640, height: 360 }

/** What the page of a public link says to other sites, and to search engines where they may list it. */
export function publicTags(told: Told, publicUrl: string, { isIndexed }: { isIndexed: boolean }): string {
  const { update, video } = told
  // Signed addresses end within minutes; those who keep the picture come for it later.
  const image = video?.playback.poster ? `${update.url}/poster.jpg` : null
  const player = video ? update.url.replace(publicUrl, `${publicUrl}/embed`) : null
  return (
    previewTags(told, image, player ? playerCard(told, player) : {}) +
    oembedLink(update.url, publicUrl) +
    (isIndexed && player && image ? videoObject(told, player, image) : '')
  )
}

/** https://developer.x.com/en/docs/x-for-websites/cards/overview/player-card */
function playerCard({ video }: Told, player: string) {
  const { width, height } = video?.width && video.height ? { width: video.width, height: video.height } : usual
  return {
    'og:video:url': player,
    'og:video:type': 'text/html',
    'og:video:width': `${width}`,
    'og:video:height': `${height}`,
    'twitter:card': 'player',
    'twitter:player': player,
    'twitter:player:width': `${width}`,
    'twitter:player:height': `${height}`,
  }
}

/** https://schema.org/VideoObject */
function videoObject(told: Told, player: string, image: string): string {
  const { update, video } = told
  const title = shownTitle(update.title)
  const about = {
    '@context': 'https://schema.org',
    '@type': 'VideoObject',
    name: title,
    description: descriptionOf(told) || title,
    thumbnailUrl: [image],
    uploadDate: update.publishedAt ?? update.createdAt,
    duration: `PT${Math.round((video?.durationMs ?? 0) / 1000)}S`,
    embedUrl: player,
  }
  return `<script type="application/ld+json">${escapeJson(about)}</script>`
}
