import type { Benchmark } from '@meanwhile/infra/bench'
import { connect } from '@meanwhile/shared/db/client'
import { sql } from 'drizzle-orm'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { asAuthor } from './as-author.ts'
import { median } from './median.ts'
import { type Site, sendAllButLast, startSite } from './site.ts'

const rounds = 5
const [few, many] = [10, 1000]

type Visit = { shownMs: number; keyMs: number; frameMs: number }

/** An update with so many comments. Resolves to its address. */
async function discussed(site: Site, comments: number): Promise<string> {
  const cut = await cutRecording({ ms: 10_000 })
  const { id, videoId, last } = await sendAllButLast(site, cut)
  await site.send(videoId, cut, last)
  await site.call('POST', `/api/videos/${videoId}/finish`, { tracks: { main: { segments: last } } })
  const { db, sql: connection } = connect(site.databaseUrl)
  await db.execute(sql`insert into comments (update_id, author_id, text, at_ms)
    select id, author_id, 'Number ' || n, n * 9 from updates, generate_series(1, ${comments}) n where id = ${id}`)
  await connection.end()
  return `${site.origin}/u/${id}`
}

/** The middle of how long a key takes until it is painted, in ms. */
const keyMs = (page: Page) =>
  page.evaluate(async () => {
    const times: number[] = []
    /** Resolves when all that was set off has run: sooner than any timer. */
    const settled = () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = resolve
        port2.postMessage(null)
      })
    for (let key = 0; key < 30; key++) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const start = performance.now()
      document.execCommand('insertText', false, 'x')
      await settled()
      // Reading the layout waits for what the key has changed, and for no frame.
      document.body.getBoundingClientRect()
      times.push(performance.now() - start)
    }
    return times.sort((a, b) => a - b)[15] as number
  })

/** The middle of how long a frame takes while the list is scrolled to its end, in ms. */
const frameMs = (page: Page) =>
  page.evaluate(async () => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const times: number[] = []
    const list = document.querySelector('ul[aria-label=Comments]') as HTMLElement
    let before = await frame()
    for (let step = 0; step < 60; step++) {
      scrollBy(0, 400)
      list.closest<HTMLElement>('[class*=scroll]')?.scrollBy(0, 400)
      const now = await frame()
      times.push(now - before)
      before = now
    }
    return times.sort((a, b) => a - b)[30] as number
  })

const visit = (browser: Browser, url: string, cookie: string, comments: number) =>
  asAuthor(browser, { url, cookie }, async (page): Promise<Visit> => {
    await page.goto(url)
    await page.getByRole('heading', { name: `Comments ${comments}` }).waitFor()
    const shownMs = await page.evaluate(() => performance.now())
    await page.getByRole('textbox', { name: 'Add a comment' }).click()
    return { shownMs, keyMs: await keyMs(page), frameMs: await frameMs(page) }
  })

export default {
  name: 'A long discussion',
  async run() {
    const site = await startSite()
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
    try {
      const threads = [
        { comments: few, url: await discussed(site, few), seen: [] as Visit[] },
        { comments: many, url: await discussed(site, many), seen: [] as Visit[] },
      ]
      for (let round = 0; round <= rounds; round++)
        for (const { url, comments, seen } of threads) {
          const result = await visit(browser, url, site.cookie, comments)
          // The first round warms up the machine.
          if (round > 0) seen.push(result)
        }
      const [peer = [], ours = []] = threads.map(({ seen }) => seen)
      const measure = (name: string, of: keyof Visit, goal: string) => {
        const [value, beside] = [median(ours.map((each) => each[of])), median(peer.map((each) => each[of]))]
        return { name: `${name}: ${many} comments against ${few}`, value, unit: 'ms', ratio: value / beside, goal }
      }
      return [
        measure('Page opened until all comments are counted', 'shownMs', '≤ 2'),
        measure('A key in the comment field', 'keyMs', '≤ 2'),
        measure('A frame while scrolling', 'frameMs', '≤ 1.5'),
      ]
    } finally {
      await browser.close()
      await site.stop()
    }
  },
} satisfies Benchmark
