import { expect, test } from 'vitest'
import { rss, xml } from './rss.ts'

test('what people write is text in a feed, and what XML forbids is not in it', () => {
  expect(xml(`<b>"Tom" & 'Eve'</b>\u0000\u0008\n`)).toBe('&lt;b&gt;&quot;Tom&quot; &amp; &apos;Eve&apos;&lt;/b&gt;\n')
})

test('an episode says whose it is, how long it lasts and where its sound is', () => {
  const episode = {
    id: 'a1',
    title: '',
    body: 'Done & done',
    author: 'Ada',
    publishedAt: new Date('2026-03-29T08:00:00Z'),
    audioUrl: 'https://example.org/a?x=1&y=2',
    sizeBytes: 4711,
    durationMs: 3_725_400,
  }
  const link = 'https://example.org'
  const text = rss({ title: 'Team', description: 'All', link, self: `${link}/f`, episodes: [episode] })
  expect(text).toContain('<itunes:duration>1:02:05</itunes:duration>')
  expect(text).toContain('<enclosure url="https://example.org/a?x=1&amp;y=2" length="4711" type="audio/x-m4a"/>')
  expect(text).toContain('<pubDate>Sun, 29 Mar 2026 08:00:00 GMT</pubDate>')
  expect(text).toContain('<description>Done &amp; done</description>')
  expect(text).toContain('<itunes:block>Yes</itunes:block>')
})
