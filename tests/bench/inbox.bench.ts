import type { Benchmark, Measure } from '@meanwhile/infra/bench'
import { connect } from '@meanwhile/shared/db/client'
import { sql } from 'drizzle-orm'
import { type Browser, chromium } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import { asAuthor } from './as-author.ts'
import { fillWorkspace, type Size } from './large-workspace.ts'
import { type Site, startSite } from './site.ts'

const small: Size = { members: 10, updates: 100, comments: 1000 }
const large: Size = { members: 1000, updates: 100_000, comments: 1_000_000 }
const rounds = 60
const visits = 8

/** What the two pages ask the API. */
const questions = {
  'what is asked of me': '/api/me/asked',
  'rounds that wait': '/api/me/rounds',
  'decisions that wait': '/api/me/decisions',
  'what is new, as a reel': '/api/reel?from=unseen',
  'what came back': '/api/notifications?unread=true&without=asked,check-in,decide',
  'all updates': '/api/updates',
}
/** Tables that no question may read from end to end. */
const largeTables = ['updates', 'comments', 'views', 'notifications', 'videos']

const p95 = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN

async function asked(site: Site, path: string): Promise<number> {
  const times: number[] = []
  for (let round = -5; round < rounds; round++) {
    const start = performance.now()
    await site.call('GET', path)
    if (round >= 0) times.push(performance.now() - start)
  }
  return p95(times)
}

/** Until all three parts of the page stand there. */
async function opened(site: Site, browser: Browser): Promise<number> {
  const times: number[] = []
  for (let visit = -1; visit < visits; visit++) {
    const shownMs = await asAuthor(browser, { url: site.origin, cookie: site.cookie }, async (page) => {
      await page.goto(site.origin)
      for (const name of ['Asked of you', 'New', 'Came back to you'])
        await page.getByRole('region', { name, exact: true }).waitFor()
      return page.evaluate(() => performance.now())
    })
    if (visit >= 0) times.push(shownMs)
  }
  return p95(times)
}

async function scansOf(site: Site): Promise<number> {
  const { db, sql: connection } = connect(site.databaseUrl)
  // Processes report what they did at most once a second.
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const rows = await db.execute<{ scans: number }>(
    sql`select coalesce(sum(seq_scan), 0)::int scans from pg_stat_user_tables where relname in (${sql.join(
      largeTables.map((name) => sql`${name}`),
      sql`, `,
    )})`,
  )
  await connection.end()
  return rows[0]?.scans ?? 0
}

async function measured(site: Site, browser: Browser) {
  const answers: Record<string, number> = {}
  for (const [name, path] of Object.entries(questions)) answers[name] = await asked(site, path)
  return { page: await opened(site, browser), answers }
}

export default {
  name: 'The inbox of a large workspace',
  async run() {
    const site = await startSite()
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
    try {
      await fillWorkspace(site, small)
      const few = await measured(site, browser)
      await fillWorkspace(site, large)
      const before = await scansOf(site)
      const many = await measured(site, browser)
      const scans = (await scansOf(site)) - before
      const line = (name: string, value: number, peer: number): Measure => ({
        name: `${name}, p95: 1,000 members and 100,000 updates against 10 and 100`,
        value,
        unit: 'ms',
        ratio: value / peer,
        goal: '≤ 2',
      })
      return [
        line('Home page', many.page, few.page),
        ...Object.keys(questions).map((name) =>
          line(`Asked: ${name}`, many.answers[name] as number, few.answers[name] as number),
        ),
        { name: 'Large tables that were read from end to end meanwhile', value: scans, unit: 'times', goal: '0' },
      ]
    } finally {
      await browser.close()
      await site.stop()
    }
  },
} satisfies Benchmark
