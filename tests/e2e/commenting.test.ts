import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000, repeat: 3 })

const it = test.skipIf(!hasChromium)
const commentsOn = (page: Page) => page.getByRole('list', { name: 'Comments' })
const fieldOn = (page: Page) => page.getByRole('textbox', { name: 'Add a comment' })
const write = async (updateId: string, author: typeof ada, payload: object) =>
  (await as(author).inject({ method: 'POST', url: `/api/updates/${updateId}/comments`, payload })).json() as { id: string }

/** A new update of Ada's, open in her browser and in Ben's. */
async function meeting() {
  const { id } = await given.recording(ada, cut)
  const path = `/u/${id}`
  const open = async (person: typeof ada) => {
    const page = await scene.pageOf(person)
    const player = playerOn(page)
    await player.open(path)
    await commentsOn(page).waitFor({ state: 'attached' })
    return { page, player }
  }
  return { id, path, open }
}

it('C pauses and opens the composer at this moment; Enter posts, and playback goes on', async () => {
  const { page, player } = await (await meeting()).open(ada)
  await player.play()
  await page.keyboard.press('5')
  await player.isAt(6000, 3000)
  await page.keyboard.press('c')
  expect(await player.isPaused()).toBe(true)
  const atMs = await player.currentMs()
  await page.keyboard.type('First line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line')
  await expect.poll(() => fieldOn(page).inputValue()).toBe('First line\nsecond line')
  await page.keyboard.press('Enter')
  const moment = `0:0${Math.floor(atMs / 1000)}`
  await commentsOn(page).getByRole('button', { name: moment }).waitFor()
  await expect.poll(() => commentsOn(page).locator('.text').textContent()).toBe('First line\nsecond line')
  await page.getByRole('button', { name: `Comment by Ada at ${moment}` }).waitFor()
  await expect.poll(() => fieldOn(page).inputValue()).toBe('')
  await player.movesOn()

  // Nothing but keys: the player has them again.
  await page.keyboard.press('k')
  await expect.poll(player.isPaused).toBe(true)
})

it('who wrote while it was paused finds it paused; Enter in an empty composer posts nothing', async () => {
  const { page, player } = await (await meeting()).open(ada)
  await player.seek(2000)
  await page.keyboard.press('c')
  await page.keyboard.press('Enter')
  await page.keyboard.type('   ')
  await page.keyboard.press('Enter')
  await expect.poll(() => commentsOn(page).getByRole('listitem').count()).toBe(0)
  await page.keyboard.type('Paused')
  await page.keyboard.press('Enter')
  await commentsOn(page).getByText('Paused').waitFor()
  expect(await player.isPaused()).toBe(true)
  await player.isAt(2000)
})

it('who wishes so goes on watching while they write', async () => {
  const { open, path } = await meeting()
  const page = await scene.pageOf(ben)
  await page.goto('/settings')
  await page.getByRole('checkbox', { name: 'Pause while I write a comment' }).uncheck()
  const player = playerOn(page)
  await player.open(path)
  await player.play()
  await page.keyboard.press('c')
  await page.keyboard.type('While it plays')
  await player.movesOn()
  await page.keyboard.press('Enter')
  const hers = await open(ada)
  await commentsOn(hers.page).getByText('While it plays').waitFor()
})

it('a comment can be about the whole update', async () => {
  const { page } = await (await meeting()).open(ada)
  await fieldOn(page).fill('All of it')
  await page.getByRole('button', { name: 'About the whole update' }).click()
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  const comment = commentsOn(page).getByRole('listitem')
  await comment.getByText('All of it').waitFor()
  await expect.poll(() => comment.getByTitle(/^Go to/).count()).toBe(0)
  await expect.poll(() => page.getByRole('list', { name: 'Marks' }).getByRole('listitem').count()).toBe(0)
})

it('others see a comment, its change, a reply and its end arrive while they watch', async () => {
  const { id, open } = await meeting()
  const [hers, his] = [await open(ada), await open(ben)]
  await write(id, ada, { text: 'What is this?', atMs: 3000 })
  await commentsOn(his.page).getByText('What is this?').waitFor()

  await commentsOn(his.page).getByRole('button', { name: 'Reply' }).click()
  await his.page.getByRole('textbox', { name: 'Reply to Ada' }).fill('A tone')
  await his.page.keyboard.press('Enter')
  const replies = commentsOn(hers.page).getByRole('list', { name: 'Replies to Ada' })
  await replies.getByText('A tone').waitFor()
  await expect.poll(() => replies.getByRole('button', { name: 'Reply' }).count()).toBe(0)
  await expect.poll(() => replies.getByRole('button', { name: 'Edit' }).count()).toBe(0)

  await commentsOn(hers.page).getByRole('button', { name: 'Edit' }).click()
  const edited = hers.page.getByRole('textbox', { name: 'Edit comment' })
  await expect.poll(() => edited.inputValue()).toBe('What is this?')
  await edited.fill('What is this sound?')
  await hers.page.keyboard.press('Enter')
  await commentsOn(his.page).getByText('What is this sound?').waitFor()
  await commentsOn(his.page).getByText('edited').waitFor()

  const remove = async () => {
    await commentsOn(hers.page).getByRole('button', { name: 'Delete' }).click()
    await hers.page.getByText('Delete it for everybody?').waitFor()
  }
  await remove()
  await hers.page.getByRole('button', { name: 'Keep' }).click()
  await commentsOn(hers.page).getByText('What is this sound?').waitFor()
  await remove()
  await hers.page.getByRole('button', { name: 'Yes, delete' }).click()
  for (const { page } of [hers, his]) {
    await commentsOn(page).getByText('This was deleted.').waitFor()
    await commentsOn(page).getByText('A tone').waitFor()
    await expect.poll(() => commentsOn(page).getByText('What is this sound?').count()).toBe(0)
    await expect.poll(() => page.getByRole('button', { name: /^Comment by/ }).count()).toBe(0)
  }

  await commentsOn(his.page).getByRole('button', { name: 'Delete' }).click()
  await his.page.getByRole('button', { name: 'Yes, delete' }).click()
  for (const { page } of [hers, his]) await expect.poll(() => commentsOn(page).getByRole('listitem').count()).toBe(0)
})

it('what was begun survives Esc and a reload, a reply and a change too, and playback waits for each', async () => {
  const { id, open } = await meeting()
  await write(id, ada, { text: 'What I said', atMs: 1000 })
  const { page, player } = await open(ada)
  const begin = async (name: string, text: string) => {
    await page.keyboard.type(text)
    await expect.poll(player.isPaused, { message: name }).toBe(true)
    await page.keyboard.press('Escape')
    await player.movesOn()
  }
  const form = async (button: string, field: string) => {
    // Back to the start: it must not end before all is written.
    await page.keyboard.press('0')
    await commentsOn(page).getByRole('button', { name: button, exact: true }).first().click()
    const box = page.getByRole('textbox', { name: field })
    await box.waitFor()
    return box
  }
  await player.play()
  await page.keyboard.press('c')
  await begin('comment', 'Half a thou')
  await expect.poll(() => fieldOn(page).inputValue()).toBe('Half a thou')
  await form('Reply', 'Reply to Ada')
  await begin('reply', 'And half a rep')
  await form('Edit', 'Edit comment')
  await begin('change', ', or')
  await page.reload()
  await player.isReady()
  await fieldOn(page).waitFor()
  await expect.poll(() => fieldOn(page).inputValue()).toBe('Half a thou')
  const reply = await form('Reply', 'Reply to Ada')
  await expect.poll(() => reply.inputValue()).toBe('And half a rep')
  await page.keyboard.press('Enter')
  await commentsOn(page).getByText('And half a rep').waitFor()
  const change = await form('Edit', 'Edit comment')
  await expect.poll(() => change.inputValue()).toBe('What I said, or')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await commentsOn(page).getByText('What I said', { exact: true }).waitFor()
})

it('a comment that is refused keeps its text and its moment, and says why', async () => {
  const { page, player } = await (await meeting()).open(ada)
  await player.seek(5000)
  await page.keyboard.press('c')
  await page.keyboard.type('Turned away')
  const posts = '**/comments'
  const problem = { type: '/problems/invalid-request', title: 'The request is not valid', detail: 'Too odd.', status: 400 }
  await page.route(posts, (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 400, json: problem }) : route.continue(),
  )
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('Not posted: Too odd.').waitFor()
  await expect.poll(() => fieldOn(page).inputValue()).toBe('Turned away')
  await expect.poll(() => commentsOn(page).getByRole('listitem').count()).toBe(0)
  await page.unroute(posts)
  await player.seek(9000)
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await commentsOn(page).getByRole('button', { name: '0:05' }).waitFor()
  await commentsOn(page).getByText('Turned away').waitFor()
})

it('a comment that nothing answers is kept, over a reload too, and posted once when there is an answer', async () => {
  const { id, open } = await meeting()
  const { page, player } = await open(ada)
  await player.seek(5000)
  await page.keyboard.press('c')
  await page.keyboard.type('Lost on the way')
  // The server takes it, but nobody hears so.
  const posts = '**/comments'
  let sent = 0
  await page.route(posts, async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    if (sent++ === 0) await route.fetch()
    await route.abort()
  })
  await page.keyboard.press('Enter')
  await expect.poll(() => sent).toBeGreaterThan(0)
  await expect.poll(() => fieldOn(page).inputValue()).toBe('')
  await page.reload()
  await player.isReady()
  await commentsOn(page).getByText('Lost on the way').waitFor()
  await page.unroute(posts)
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('unsent')))).toEqual([])
  const { items } = (await as(ada).inject({ url: `/api/updates/${id}/comments` })).json()
  expect(items).toMatchObject([{ text: 'Lost on the way', atMs: 5000 }])
})

it('a comment written without a connection is posted when it is back', async () => {
  const { id, open } = await meeting()
  const { page } = await open(ada)
  await fieldOn(page).fill('On a train')
  await page.context().setOffline(true)
  await page.keyboard.press('Enter')
  await commentsOn(page).getByText('not sent yet').waitFor()
  await page.context().setOffline(false)
  await commentsOn(page).getByText('not sent yet').waitFor({ state: 'detached' })
  const { items } = (await as(ada).inject({ url: `/api/updates/${id}/comments` })).json()
  expect(items).toMatchObject([{ text: 'On a train' }])
})

it('whose session ended signs in and is back at the same place, with what they were writing', async () => {
  const { path, open } = await meeting()
  const { page, player } = await open(ben)
  await player.open(`${path}?t=7`)
  await fieldOn(page).fill('Who is that?')
  await page.context().clearCookies()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/sign-in\?next=/)
  await page.getByLabel('Email').fill(ben.email)
  await page.getByLabel('Password').fill(scene.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`**${path}?t=7`)
  await player.isReady()
  await player.isAt(7000)
  await fieldOn(page).waitFor()
  await expect.poll(() => fieldOn(page).inputValue()).toBe('Who is that?')
})

it('comments missed while the stream was cut are there when it is back', async () => {
  const { id, open } = await meeting()
  const { page } = await open(ben)
  await page.context().setOffline(true)
  await write(id, ada, { text: 'While you were away' })
  await wait(100)
  await expect.poll(() => commentsOn(page).getByRole('listitem').count()).toBe(0)
  await page.context().setOffline(false)
  await commentsOn(page).getByText('While you were away').waitFor()
})
