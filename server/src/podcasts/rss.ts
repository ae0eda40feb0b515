import { shownTitle } from '@meanwhile/shared/media/shown-title'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Text inside of XML: what has a meaning there, and what may not be there at all (XML 1.0 §2.2). */
export const xml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that XML forbids
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? '')

/** `3725000` → `1:02:05`. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

export type RssEpisode = {
  id: string
  title: string
  body: string
  author: string
  publishedAt: Date
  audioUrl: string
  sizeBytes: number
  durationMs: number
}

export type RssFeed = { title: string; description: string; link: string; self: string; episodes: RssEpisode[] }

const item = (link: string, { id, title, body, author, publishedAt, audioUrl, sizeBytes, durationMs }: RssEpisode) => `
    <item>
      <title>${xml(`${author}: ${shownTitle(title)}`)}</title>
      <description>${xml(body)}</description>
      <link>${xml(`${link}/u/${id}`)}</link>
      <guid isPermaLink="false">${xml(id)}</guid>
      <pubDate>${publishedAt.toUTCString()}</pubDate>
      <enclosure url="${xml(audioUrl)}" length="${sizeBytes}" type="audio/x-m4a"/>
      <itunes:author>${xml(author)}</itunes:author>
      <itunes:duration>${clock(durationMs)}</itunes:duration>
      <itunes:explicit>false</itunes:explicit>
    </item>`

/** A feed as podcast programs read it: RSS 2.0 with the tags of Apple's namespace; no directory may list it. */
export const rss = ({ title, description, link, self, episodes }: RssFeed): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${xml(title)}</title>
    <link>${xml(link)}</link>
    <description>${xml(description)}</description>
    <language>en</language>
    <generator>Meanwhile</generator>
    <atom:link href="${xml(self)}" rel="self" type="application/rss+xml"/>
    <itunes:author>${xml(title)}</itunes:author>
    <itunes:category text="Business"/>
    <itunes:explicit>false</itunes:explicit>
    <itunes:type>episodic</itunes:type>
    <itunes:block>Yes</itunes:block>${episodes.map((episode) => item(link, episode)).join('')}
  </channel>
</rss>
`
