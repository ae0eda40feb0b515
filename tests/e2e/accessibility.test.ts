import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { violationsOn } from './is-fine.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const { id, videoId } = await given.recording(
  ada,
  await cutRecording({ ms: 6000 }),
  'A long title that says at some length what is shown here, with_one_word_that_does_not_break_anywhere_at_all',
)
await given.update(ada, { title: 'Begun', video: { tracks: ['main'] } })
const comment = await as(ada).inject({
  method: 'POST',
  url: `/api/updates/${id}/comments`,
  payload: { text: 'See https://example.org/a-very-long-address-that-does-not-break-either-0123456789', atMs: 2000 },
})
await as(ada).inject({
  method: 'POST',
  url: `/api/updates/${id}/comments`,
  payload: { text: 'Yes', parentId: comment.json().id },
})
await as(ada).inject({
  method: 'PUT',
  url: `/api/videos/${videoId}/captions/en`,
  payload: 'WEBVTT\n\n00:01.000 --> 00:05.000\nWhat_is_said_and_does_not_break_anywhere_at_all, and more of it',
  headers: { 'content-type': 'text/vtt' },
})
await as(ada).inject({ method: 'POST', url: '/api/invitations' })
const channel = await as(ada).inject({
  method: 'POST',
  url: '/api/channels',
  payload: {
    name: 'A_channel_with_one_word_that_does_not_break_anywhere_at_all',
    description: 'What it is for',
    isPrivate: true,
  },
})
const channelId = channel.json().id as string
await given.update(ada, { title: 'In a channel', body: 'All of it', channelId })

/** The recorder with everything that can be chosen. */
async function choose(page: Page) {
  await page.getByRole('radio', { name: 'Window' }).check({ force: true })
  await page.getByLabel('Camera', { exact: true }).and(page.locator('select')).selectOption({ label: 'Default camera' })
  await page.getByRole('radio', { name: 'Small' }).waitFor()
  await page.getByText('Speaker notes').click()
  await page.getByRole('textbox', { name: 'Speaker notes' }).fill('Say hello first')
  await page.getByLabel('Your camera').waitFor()
}
async function begin(page: Page) {
  await choose(page)
  await page.getByRole('button', { name: 'Start recording' }).click()
  await page.getByRole('button', { name: 'Skip countdown' }).click()
  await page.getByRole('button', { name: 'Stop recording' }).waitFor()
  await page.getByRole('button', { name: 'Add marker' }).click()
  await page.getByRole('button', { name: 'Draw' }).click()
  await page.getByRole('group', { name: 'Colour of the pen' }).waitFor()
}

/** What each page is for, and how a test knows that all of it is there. */
const pages = [
  { path: '/', action: 'Record', until: (page: Page) => page.getByRole('heading', { name: 'Came back to you' }).waitFor() },
  { path: '/updates', action: 'Record', until: (page: Page) => page.getByText('Processing · 0 %').waitFor() },
  { path: '/record', action: 'Start recording', until: (page: Page) => page.getByRole('meter').waitFor({ state: 'attached' }) },
  { path: '/record?while=choosing', action: 'Start recording', until: (page: Page) => choose(page) },
  { path: '/record?while=recording', action: 'Stop recording R', until: (page: Page) => begin(page) },
  {
    path: '/record?while=private',
    action: 'End private B',
    until: async (page: Page) => {
      await begin(page)
      await page.keyboard.press('b')
      await page.keyboard.press('x')
      await page.getByText('Nothing you do or say is in it.').waitFor()
    },
  },
  {
    path: `/u/${id}`,
    action: 'Play',
    until: async (page: Page) => {
      await playerOn(page).isReady()
      await page.getByText('Yes', { exact: true }).waitFor()
      await page.getByRole('region', { name: 'Processing' }).waitFor()
      await page.getByRole('region', { name: 'Transcript' }).getByText('and more of it').waitFor()
    },
  },
  {
    path: `/u/${id}?while=answering`,
    action: 'Start recording',
    until: async (page: Page) => {
      await playerOn(page).isReady()
      await page.getByRole('textbox', { name: 'Add a comment' }).click()
      await page.getByRole('button', { name: 'Answer by video' }).click()
      await page.getByRole('meter').waitFor({ state: 'attached' })
    },
  },
  { path: `/embed/${id}`, action: 'Play', until: (page: Page) => playerOn(page).isReady() },
  { path: `/c/${channelId}`, action: 'Record here', until: (page: Page) => page.getByText('In a channel').waitFor() },
  { path: '/settings', action: 'Sign out', until: (page: Page) => page.getByText('not used yet').waitFor() },
  { path: '/sign-in', action: 'Sign in', until: (page: Page) => page.getByLabel('Password').waitFor() },
]
const it = test.skipIf(!hasChromium)
const open = async ({ path, until }: (typeof pages)[number], options = {}) => {
  const page = await scene.pageOf(path === '/sign-in' ? null : ada, options)
  await page.goto(path)
  await until(page)
  return page
}

/** Presses Tab until this has the focus, which is seen all the way. */
async function reachByTab(page: Page, action: string) {
  const passed: string[] = []
  for (let presses = 0; presses < 40 && passed.at(-1) !== action; presses++) {
    await page.keyboard.press('Tab')
    const { name, isSeen } = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const style = getComputedStyle(element)
      const label = element.closest('label')
      const outlines = [style, ...(label ? [getComputedStyle(label)] : [])].map(({ outlineStyle }) => outlineStyle)
      // Behind the last element of the page comes the browser's own interface.
      if (element === document.body) return { name: 'the browser', isSeen: true }
      const name = element.getAttribute('aria-label') ?? (element.textContent ?? '').trim()
      return { name, isSeen: outlines.some((outline) => outline !== 'none') || style.boxShadow !== 'none' }
    })
    expect(isSeen, `focus on “${name}”`).toBe(true)
    passed.push(name)
  }
  expect(passed.at(-1)).toBe(action)
}

it.each(pages)(
  '$path has one main heading, nothing amiss for axe, and its main action, $action, in reach of Tab',
  async (each) => {
    const page = await open(each)
    // In front of another page is a dialog, which has a name of its own.
    if (!each.path.endsWith('answering')) {
      await expect.poll(() => page.getByRole('heading', { level: 1 }).count()).toBe(1)
      await expect.poll(() => page.getByRole('main').count()).toBe(1)
    }
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    expect(await violationsOn(page)).toEqual([])
    await reachByTab(page, each.action)
  },
)

it.each(pages)('on a phone in the dark $path fits, and axe finds nothing amiss', async (each) => {
  const page = await open(each, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
  const beyond = await page.evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120)),
  )
  const { scrollWidth } = await page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth }))
  expect(scrollWidth, beyond.join('\n')).toBeLessThanOrEqual(360)
  expect(await violationsOn(page)).toEqual([])
})

it('axe finds nothing amiss in the open menu of the player, in the list of its keys, and while somebody draws on the picture', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await scene.pageOf(ada, { colorScheme })
    const player = playerOn(page)
    await player.open(`/u/${id}`)
    await player.seek(3000)
    await page.getByRole('button', { name: 'Quality' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Theatre mode' }).waitFor()
    expect(await violationsOn(page, '[role=menu]'), `menu, ${colorScheme}`).toEqual([])
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click()
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    expect(await violationsOn(page), `keys, ${colorScheme}`).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Draw on the picture' }).click()
    await page.getByRole('radio', { name: 'Blue' }).waitFor({ state: 'attached' })
    expect(await violationsOn(page), `drawing, ${colorScheme}`).toEqual([])
    await page.context().close()
  }
})

it('axe finds nothing amiss in the menu of channels, and in the dialogs that make, change and fill one', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await scene.pageOf(ada, { colorScheme })
    await page.goto(`/c/${channelId}`)
    const dialog = page.getByRole('dialog')
    const look = async (what: string) => {
      await dialog.waitFor()
      expect(await violationsOn(page), `${what}, ${colorScheme}`).toEqual([])
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'hidden' })
    }
    await page.getByRole('button', { name: 'Channels' }).click()
    await page.getByRole('menuitem', { name: 'New channel…' }).waitFor()
    expect(await violationsOn(page, '[role=menu]'), `menu, ${colorScheme}`).toEqual([])
    await page.getByRole('menuitem', { name: 'New channel…' }).click()
    await look('new')
    await page.getByRole('button', { name: '1 member' }).click()
    await page.getByText('Ada (you)').waitFor()
    await look('members')
    await page.getByRole('button', { name: 'Channel settings' }).click()
    await look('settings')
    await page.context().close()
  }
})
