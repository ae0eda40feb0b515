import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { violationsOn } from './is-fine.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const cut = await cutRecording({ ms: 6000, repeat: 2 })
const { id, videoId } = await given.recording(ada, cut, 'The secret plan')
const password = 'open sesame'

const it = test.skipIf(!hasChromium)

const isScrollingAcross = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)

async function openDialog(page: Page, path = `/u/${id}`) {
  await page.goto(path)
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await dialog.waitFor()
  return dialog
}

async function shareFrom(page: Page, rules: { password?: string } = {}) {
  const dialog = await openDialog(page)
  if (rules.password) await dialog.getByRole('textbox', { name: 'Password' }).fill(rules.password)
  const copiers = dialog.getByRole('button', { name: 'Copy link', exact: true })
  const create = dialog.getByRole('button', { name: 'Create share link' })
  await create.waitFor()
  const before = await copiers.count()
  await create.click()
  await expect.poll(() => copiers.count()).toBe(before + 1)
  await copiers.first().click()
  await page.getByText('Link copied').first().waitFor()
  return { dialog, url: await page.evaluate(() => navigator.clipboard.readText()) }
}

it('somebody without an account opens a link with its password, watches, comments and corrects it, until it is revoked', async () => {
  const author = await scene.pageOf(ada)
  const { dialog, url } = await shareFrom(author, { password })
  expect(url).toMatch(/\/s\/[\w-]{48}$/)
  expect(await dialog.textContent()).toContain('Anyone with the link and its password')
  await dialog.getByRole('button', { name: 'Done' }).click()

  const guest = await scene.pageOf(null)
  await guest.goto(url)
  await guest.getByRole('heading', { name: 'This needs a password' }).waitFor()
  expect(await guest.content()).not.toContain('secret plan')
  await guest.getByLabel('Password').fill('open barley')
  await guest.getByRole('button', { name: 'Watch' }).click()
  await guest.getByText('The password is wrong').first().waitFor()
  await guest.getByLabel('Password').fill(password)
  await guest.getByRole('button', { name: 'Watch' }).click()
  await guest.getByRole('heading', { name: 'The secret plan' }).waitFor()

  const player = playerOn(guest)
  await player.play()
  await expect
    .poll(() =>
      guest
        .locator('video')
        .first()
        .evaluate((video: HTMLVideoElement) => video.currentTime),
    )
    .toBeGreaterThan(0.5)
  expect(await guest.getByRole('button', { name: 'Download' }).count()).toBe(0)

  await guest.getByRole('textbox', { name: 'Add a comment' }).fill('What does it cost?')
  await guest.getByRole('button', { name: 'Comment', exact: true }).click()
  await guest.getByText('Say your name first').waitFor()
  await guest.getByRole('textbox', { name: 'Your name' }).fill('Mia')
  await guest.getByRole('button', { name: 'Comment', exact: true }).click()
  const said = (page: Page) => page.getByRole('list', { name: 'Comments', exact: true }).getByRole('listitem').first()
  await said(guest).getByRole('button', { name: 'Edit' }).click()
  await guest.getByRole('textbox', { name: 'Edit comment' }).fill('What does it cost a year?')
  await guest.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => said(author).textContent()).toMatch(/Mia \(guest\).*What does it cost a year\?.*/s)
  expect(await guest.getByRole('textbox', { name: 'Your name' }).count()).toBe(0)

  const source = await player.source()
  await openDialog(author)
  await author.getByRole('button', { name: 'Revoke' }).click()
  await guest.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
  expect(await guest.locator('video').count()).toBe(0)
  expect((await fetch(new URL(`/api/updates/${id}`, url), { headers: { 'meanwhile-share': url.slice(-48) } })).status).toBe(410)
  // What was handed out to play ends minutes later.
  const media = new URL(source.startsWith('/') ? source : new URL(source).pathname, url)
  expect((await fetch(media, { headers: { range: 'bytes=0-1' } })).ok).toBe(true)
  vi.useFakeTimers({ now: Date.now() + 4 * 60_000, toFake: ['Date'] })
  const late = await fetch(media, { headers: { range: 'bytes=0-1' } })
  vi.useRealTimers()
  expect(late.status).toBe(403)
})

it('a public link plays at once, in its page and inside of another site, and is remembered on the next visit', async () => {
  const author = await scene.pageOf(ada)
  const { url } = await shareFrom(author)
  const guest = await scene.pageOf(null)
  await guest.goto(url)
  await playerOn(guest).play()
  await guest.getByRole('textbox', { name: 'Your name' }).fill('Noah')
  await guest.getByRole('textbox', { name: 'Add a comment' }).fill('Hello')
  await guest.getByRole('button', { name: 'Comment', exact: true }).click()
  await guest.getByText('Hello', { exact: true }).waitFor()
  await guest.reload()
  await guest.getByRole('button', { name: 'Edit' }).waitFor()
  expect(await guest.getByRole('textbox', { name: 'Your name' }).count()).toBe(0)
  const frame = await scene.pageOf(null)
  await frame.goto(url.replace('/s/', '/embed/s/'))
  await playerOn(frame).play()
  await expect
    .poll(() =>
      frame
        .locator('video')
        .first()
        .evaluate((video: HTMLVideoElement) => video.currentTime),
    )
    .toBeGreaterThan(0.3)
})

it('a guest who may only read what is said finds nothing to say it with', async () => {
  const { url } = (
    await scene.as(ada).inject({ method: 'POST', url: `/api/updates/${id}/share-links`, payload: { comments: 'members' } })
  ).json()
  await scene
    .as(ada)
    .inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'For all to read', atMs: 0 } })
  const guest = await scene.pageOf(null)
  await guest.goto(url)
  await guest.getByText('For all to read', { exact: true }).waitFor()
  for (const name of ['React', 'Reply', 'Comment']) expect(await guest.getByRole('button', { name, exact: true }).count()).toBe(0)
  expect(await guest.getByRole('textbox', { name: 'Add a comment' }).count()).toBe(0)
})

it('a member who follows a share link is on the update itself', async () => {
  const ben = await given.person('Ben')
  const { url } = await shareFrom(await scene.pageOf(ada), { password })
  const page = await scene.pageOf(ben)
  await page.goto(`${url}?t=2`)
  await page.waitForURL(`**/u/${id}?t=2`)
  await page.getByRole('heading', { name: 'The secret plan' }).waitFor()
})

it.each([
  ['a desk', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
])('dialog, password page and shared page are accessible on %s, and fit', async (_what, viewport) => {
  const author = await scene.pageOf(ada, { viewport })
  const { dialog, url } = await shareFrom(author, { password })
  await dialog.getByRole('button', { name: 'Change' }).first().click()
  expect(await violationsOn(author)).toEqual([])
  expect(await isScrollingAcross(author)).toBe(false)
  const guest = await scene.pageOf(null, { viewport })
  await guest.goto(url)
  await guest.getByLabel('Password').fill('wrong words')
  await guest.getByRole('button', { name: 'Watch' }).click()
  await guest.getByText('The password is wrong').first().waitFor()
  expect(await violationsOn(guest)).toEqual([])
  expect(await isScrollingAcross(guest)).toBe(false)
  await guest.getByLabel('Password').fill(password)
  await guest.getByRole('button', { name: 'Watch' }).click()
  await guest.getByRole('textbox', { name: 'Your name' }).waitFor()
  expect(await violationsOn(guest)).toEqual([])
  expect(await isScrollingAcross(guest)).toBe(false)
  expect(videoId).not.toBe('')
})
