import { notifications } from '@meanwhile/shared/db/schema/notifications'
import { videos } from '@meanwhile/shared/db/schema/videos'
import { eq, sql } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')

const it = test.skipIf(!hasChromium)
const bellOn = (page: Page) => page.getByRole('button', { name: /^Notifications/ })
const counts = (page: Page, unread: number) =>
  page.getByRole('button', { name: unread > 0 ? `Notifications, ${unread} not read` : 'Notifications', exact: true }).waitFor()

it('the bell counts what concerns me, in every tab alike, and leads to the comment', async () => {
  const { id } = await given.update(ada, { title: 'Monday', body: 'All of it' })
  const ask = async (payload: object) =>
    (await as(ben).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload })).json() as { id: string }
  const context = await scene.browserOf(ada)
  const [one, other] = [await context.newPage(), await context.newPage()]
  for (const page of [one, other]) {
    await page.goto('/')
    await counts(page, 0)
  }
  const question = await ask({ text: 'Who does this?', type: 'question', ownerId: ada.id })
  await ask({ text: 'Look, @Ada', mentions: [ada.id] })
  await ask({ text: 'One more' })
  for (const page of [one, other]) await counts(page, 3)

  await bellOn(one).click()
  const list = one.getByRole('list', { name: 'Notifications' })
  await expect.poll(() => list.getByRole('listitem').count()).toBe(3)
  await list.getByText('mentioned you').waitFor()
  await list.getByRole('button', { name: 'Mark as read' }).first().click()
  for (const page of [one, other]) await counts(page, 2)
  await list.getByRole('link', { name: /Ben\s+asked you/ }).click()
  await one.waitForURL(`**/u/${id}?c=${question.id}`)
  // What is read on the page itself need not be read again.
  for (const page of [one, other]) await counts(page, 0)

  // What comes between the first count and the first event that a page hears.
  let hears = () => {}
  const heard = new Promise<void>((resolve) => (hears = resolve))
  await other.route('**/api/events', async (route) => {
    await heard
    await route.continue()
  })
  const counted = other.waitForResponse('**/api/notifications?*')
  await other.goto('/settings')
  await counted
  await one.goto('/')
  await ask({ text: 'And this' })
  hears()
  await counts(other, 1)
  await bellOn(other).click()
  await other.getByRole('button', { name: 'Mark all as read' }).click()
  for (const page of [one, other]) await counts(page, 0)

  // As the worker leaves it when a recorder did not come back.
  const recording = await given.update(ada, { title: 'Lost', video: { tracks: ['main'] } })
  const about = { userId: ada.id, actorId: ada.id, updateId: recording.id, videoId: `${recording.videoId}` }
  await scene.db.update(videos).set({ recoveredAt: sql`now()`, durationMs: 756_000 }).where(eq(videos.id, about.videoId))
  await scene.db.insert(notifications).values({ ...about, kind: 'recovered' })
  await bellOn(one).click()
  const row = one.getByRole('link', { name: /Your recording was finished with what had arrived: 12:36\s+Lost/ })
  expect(await row.getAttribute('href')).toBe(`/u/${recording.id}`)

  await other.keyboard.press('Escape')
  await other.getByRole('list', { name: 'Notifications' }).waitFor({ state: 'detached' })
})
