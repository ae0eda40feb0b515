import { sql } from 'drizzle-orm'
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
const cleo = await given.person('Cleo')
const cut = await cutRecording({ ms: 4000, repeat: 3 })

const it = test.skipIf(!hasChromium)
const commentsOn = (page: Page) => page.getByRole('list', { name: 'Comments' })
const fieldOn = (page: Page) => page.getByRole('textbox', { name: 'Add a comment' })
const send = async (method: 'POST' | 'PUT', url: string, author: typeof ada, payload: object = {}) =>
  (await as(author).inject({ method, url, payload })).json() as { id: string }

/** A new update of Ada's, and ways to write on it and to open it. */
async function meeting() {
  const { id } = await given.recording(ada, cut)
  const write = (author: typeof ada, payload: object) => send('POST', `/api/updates/${id}/comments`, author, payload)
  const open = async (person: typeof ada) => {
    const page = await scene.pageOf(person)
    const player = playerOn(page)
    await player.open(`/u/${id}`)
    await commentsOn(page).waitFor({ state: 'attached' })
    return { page, player }
  }
  return { id, write, open }
}

it('a question over a range is asked of somebody, and resolved by the reply that answers it', async () => {
  const { open } = await meeting()
  const { page, player } = await open(ada)
  await player.seek(2000)
  await page.keyboard.press('c')
  await page.keyboard.type('Why here?')
  await page.getByRole('button', { name: 'Type: Note' }).click()
  await page.getByRole('menuitemradio', { name: 'Question' }).click()
  await page.getByRole('combobox', { name: 'Who is asked' }).fill('be')
  await page.getByRole('option', { name: 'Ben' }).click()
  await page.getByRole('button', { name: 'At 0:02', exact: true }).click()
  await page.getByLabel('To', { exact: true }).fill('soon')
  await page.getByText('Write a time such as 1:23.').waitFor()
  await page.getByLabel('To', { exact: true }).fill('0:06')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'At 0:02–0:06', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await commentsOn(page).getByText('Question for Ben').waitFor()
  await commentsOn(page).getByRole('button', { name: '0:02–0:06' }).waitFor()
  await page.getByRole('button', { name: 'Type: Note' }).waitFor()

  const his = await open(ben)
  await commentsOn(his.page).getByRole('button', { name: 'Reply' }).click()
  await his.page.getByRole('textbox', { name: 'Reply to Ada' }).fill('Because of the tone')
  await his.page.keyboard.press('Enter')
  await commentsOn(his.page).getByRole('button', { name: 'Resolve' }).first().click()
  await expect.poll(() => his.page.getByRole('radio', { name: 'Ben: Because of the tone' }).isChecked()).toBe(true)
  await his.page.getByRole('button', { name: 'Resolve' }).first().click()
  const answered = commentsOn(page).getByText(/Answered\s+in an answer\s+· Ben/)
  await answered.waitFor()
  await answered.getByRole('link').click()
  await page.waitForURL(/\?c=/)
})

it('with nothing but keys one watches, asks for something, says where it is done, and opens it again', async () => {
  const { page, player } = await (await meeting()).open(ada)
  await page.keyboard.press('k')
  await player.movesOn()
  await page.keyboard.press('c')
  await page.keyboard.type('Cut this')
  await page.keyboard.press('Tab')
  const tabTo = async (name: string | RegExp) => {
    const wanted = page.locator(':focus').and(page.getByRole('button', { name }))
    for (let presses = 0; presses < 30 && (await wanted.count()) === 0; presses++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
  }
  await tabTo('Type: Note')
  await page.getByRole('menuitemradio', { name: 'Action' }).waitFor()
  await page.keyboard.press('a')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Who does it' }).waitFor()
  await tabTo('Comment')
  await commentsOn(page).getByText('Cut this').waitFor()

  await page.getByRole('button', { name: 'Filter: All' }).focus()
  await tabTo('Resolve')
  await page.getByRole('radio', { name: 'Nowhere in particular' }).waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  const done = commentsOn(page).getByText(/^Done\s+at 0:0\d/)
  await done.waitFor()
  await page.getByRole('button', { name: 'Filter: All' }).focus()
  await tabTo('Reopen')
  await done.waitFor({ state: 'detached' })
})

it('type, open, person and mine say what is listed', async () => {
  const { write, open } = await meeting()
  await write(ben, { text: 'Nice', atMs: 1000 })
  await write(ben, { text: 'Who decides?', type: 'question', ownerId: ada.id })
  const { id } = await write(cleo, { text: 'Send it', type: 'action' })
  await send('PUT', `/api/comments/${id}/resolution`, cleo)
  const { page } = await open(ada)
  const items = commentsOn(page).getByRole('listitem')
  await expect.poll(() => items.count()).toBe(3)
  const open1 = page.getByRole('button', { name: 'Open 1' })
  await open1.click()
  await expect.poll(() => items.locator('.text').allTextContents()).toEqual(['Who decides?'])
  await open1.click()
  await page.getByRole('button', { name: 'Mine' }).click()
  await expect.poll(() => items.locator('.text').allTextContents()).toEqual(['Who decides?'])
  await page.getByRole('button', { name: 'Filter: All' }).click()
  await page.getByRole('menuitemradio', { name: 'Cleo' }).click()
  await expect.poll(() => items.locator('.text').allTextContents()).toEqual(['Send it'])
  await page.getByRole('button', { name: 'Filter: Cleo' }).click()
  await page.getByRole('menuitemradio', { name: 'Decisions' }).click()
  await page.getByText('Nothing fits.').waitFor()
  await page.getByRole('button', { name: 'Show all comments' }).click()
  await expect.poll(() => items.count()).toBe(3)
  await open1.click()
  await expect.poll(() => items.count()).toBe(1)
  await page.getByRole('button', { name: 'Comment by Ben at 0:01' }).click()
  await items.getByText('Nice').waitFor()
})

it('a decision stays until a later one takes its place', async () => {
  const { write, open } = await meeting()
  await write(ada, { text: 'We ship on Monday', type: 'decision' })
  const { page } = await open(ada)
  await commentsOn(page).getByText('We ship on Monday').waitFor()
  for (const name of ['Edit', 'Delete', 'Resolve'])
    await expect.poll(() => commentsOn(page).getByRole('button', { name }).count(), { message: name }).toBe(0)
  await page.getByRole('button', { name: 'More about the comment by Ada' }).click()
  await page.getByRole('menuitem', { name: 'Supersede' }).click()
  await page.getByRole('textbox', { name: 'New decision' }).fill('We ship on Tuesday')
  await page.keyboard.press('Enter')
  await commentsOn(page).getByText('No longer counts: see the later decision').waitFor()
  await commentsOn(page).getByText('Takes the place of an earlier decision').waitFor()
})

it('what was changed keeps its history; what was hidden is seen by its author and those who may hide', async () => {
  const { write, open } = await meeting()
  const { id } = await write(ben, { text: 'Frist' })
  await as(ben).inject({ method: 'PATCH', url: `/api/comments/${id}`, payload: { text: 'First' } })
  const [hers, theirs] = [await open(ada), await open(cleo)]
  const more = async (item: string) => {
    await hers.page.getByRole('button', { name: 'More about the comment by Ben' }).click()
    await hers.page.getByRole('menuitem', { name: item }).click()
  }
  await more('History')
  const history = hers.page.getByRole('region', { name: 'History' })
  await history.getByText('Frist').waitFor()
  await history.getByRole('button', { name: 'Close history' }).click()

  await commentsOn(theirs.page).getByText('First').waitFor()
  await more('Hide')
  await commentsOn(hers.page).getByText('Hidden by Ada').waitFor()
  await commentsOn(theirs.page).getByText('This was hidden.').waitFor()
  await expect.poll(() => commentsOn(theirs.page).getByText('First').count()).toBe(0)
  await expect.poll(() => commentsOn(theirs.page).getByRole('button', { name: 'React' }).count()).toBe(0)
  await more('Show')
  await commentsOn(theirs.page).getByText('First').waitFor()
})

it('a name is completed by the keyboard, and links, times and code are drawn, never run', async () => {
  const { id, open } = await meeting()
  const { page, player } = await open(ada)
  const link = (updateId: string, t: string) => `${scene.origin}/u/${updateId}?t=${t}`
  await page.keyboard.press('c')
  await page.keyboard.type('@')
  await page.getByRole('option', { name: 'Ada' }).waitFor()
  // Even before the server has answered for the letters, Enter chooses nobody whose name has others.
  await page.route('**/people?*', () => {})
  await page.keyboard.type('be')
  await expect.poll(() => page.getByRole('listbox', { name: 'People' }).getByRole('option').allInnerTexts()).toEqual(['Ben'])
  await page.keyboard.press('Enter')
  await expect.poll(() => fieldOn(page).inputValue()).toBe('@Ben ')
  await page.keyboard.type(
    'see **this** at 0:07: <img src=x onerror=alert(1)> `<b>` [x](javascript:alert(1)) https://example.org/a. ',
  )
  await page.keyboard.insertText(`${link(id, '5')} or ${link(crypto.randomUUID(), '65')}`)
  await page.keyboard.press('Enter')
  const text = commentsOn(page).locator('.text')
  await text.locator('.mention').getByText('@Ben').waitFor()
  await expect
    .poll(() => text.textContent())
    .toBe(
      '@Ben see this at 0:07: <img src=x onerror=alert(1)> <b> [x](javascript:alert(1)) example.org/a. 0:05 or 1:05 in another update',
    )
  await expect.poll(() => text.locator('img, b, script').count()).toBe(0)
  expect(await text.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
    'https://example.org/a',
    expect.stringContaining('?t=65'),
  ])
  await text.getByRole('button', { name: '0:07' }).click()
  await player.isAt(7000)
  await text.getByRole('button', { name: '0:05' }).click()
  await player.isAt(5000)
  const told = await as(ben).inject({ url: '/api/notifications' })
  expect(told.json().items[0]).toMatchObject({ kind: 'mentioned', actor: { name: 'Ada' } })
})

it('reactions to a comment and to a moment are counted, and others see them arrive', async () => {
  const { write, open } = await meeting()
  await write(ben, { text: 'It works', atMs: 1000 })
  const [hers, his] = [await open(ada), await open(ben)]
  await hers.player.seek(8000)
  await commentsOn(hers.page).getByRole('button', { name: 'React' }).click()
  await hers.page.getByRole('menuitem', { name: 'Hooray' }).click()
  const mark = (page: Page) => commentsOn(page).getByRole('button', { name: '🎉 1 Hooray' })
  await mark(his.page).waitFor()
  await expect.poll(() => mark(his.page).getAttribute('aria-pressed')).toBe('false')
  await mark(hers.page).click()
  await mark(his.page).waitFor({ state: 'detached' })

  const react = async () => {
    await hers.page.getByRole('button', { name: 'React to this moment' }).click()
    await hers.page.getByRole('menuitem', { name: 'Agreed' }).click()
  }
  const moment = his.page.getByRole('list', { name: 'Reactions to moments' }).getByText('1 👍 at 0:08')
  await react()
  await moment.waitFor({ state: 'attached' })
  await react()
  await moment.waitFor({ state: 'detached' })

  const { id } = await given.update(ada, { title: 'Only written' })
  await hers.page.goto(`/u/${id}`)
  await hers.page.getByRole('button', { name: 'React to this update' }).click()
  await hers.page.getByRole('menuitem', { name: 'Agreed' }).click()
  await hers.page.getByRole('button', { name: '👍 1 Agreed' }).waitFor()
})

it('of a thousand comments as many are drawn as are looked at', async () => {
  const { id } = await meeting()
  await scene.db.execute(sql`insert into comments (update_id, author_id, text, at_ms, created_at)
    select ${id}, ${ben.id}, 'Number ' || n, n, now() from generate_series(1, 1000) n`)
  const page = await scene.pageOf(ada)
  const player = playerOn(page)
  let arrives = () => {}
  const arrived = new Promise<void>((resolve) => (arrives = resolve))
  await page.route('**/comments?*cursor=*', async (route) => {
    await arrived
    await route.continue()
  })
  await player.open(`/u/${id}`)
  const items = commentsOn(page).getByRole('listitem')
  await page.getByRole('heading', { name: 'Comments 200' }).waitFor()
  await items.getByText('Number 1', { exact: true }).waitFor()
  arrives()
  await page.getByRole('heading', { name: 'Comments 1000' }).waitFor()
  await expect.poll(() => items.count()).toBeLessThanOrEqual(150)
  await items.first().hover()
  const scrolled = async () => {
    await page.mouse.wheel(0, 20_000)
    return items.count()
  }
  await expect.poll(scrolled, { timeout: 30_000 }).toBeGreaterThan(200)
  // One Tab passes all of them; arrows lead from one to the next.
  const marks = page.getByRole('list', { name: 'Marks' })
  expect(await marks.locator('[tabindex="0"]').count()).toBe(1)
  const focused = () => marks.evaluate((list) => [...list.querySelectorAll('button')].findIndex((mark) => mark.matches(':focus')))
  await marks.locator('[tabindex="0"]').focus()
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toBe(1)
  await page.keyboard.press('End')
  expect(await focused()).toBe(999)
  await page.keyboard.press('Enter')
  await items.getByText('Number 1000', { exact: true }).waitFor()
  // So many marks are lines, and the timeline below them is pressed as ever.
  const bar = page.getByRole('slider', { name: 'Seek' })
  const { width = 0, height = 0 } = (await bar.boundingBox()) ?? {}
  await bar.click({ position: { x: width / 20, y: height / 2 } })
  await player.isAt(600, 150)
})

it('what is drawn on a paused picture is seen by others at that moment', async () => {
  const { open } = await meeting()
  const [hers, his] = [await open(ada), await open(ben)]
  await hers.player.seek(6000)
  await hers.page.getByRole('button', { name: 'Draw on the picture' }).click()
  await hers.page.getByRole('radio', { name: 'Blue' }).waitFor({ state: 'attached' })
  const sheet = await hers.page.getByRole('region', { name: 'Player' }).locator('svg.on').boundingBox()
  const at = (x: number, y: number) => [sheet!.x + sheet!.width * x, sheet!.y + sheet!.height * y] as const
  await hers.page.mouse.move(...at(0.25, 0.5))
  await hers.page.mouse.down()
  await hers.page.mouse.move(...at(0.5, 0.5), { steps: 4 })
  await hers.page.mouse.up()
  await hers.page.getByRole('button', { name: 'Done drawing' }).click()
  await hers.page.getByRole('button', { name: 'Remove the drawing' }).waitFor()
  await hers.page.getByRole('button', { name: 'Comment', exact: true }).click()

  await commentsOn(his.page).getByRole('button', { name: 'Show the drawing' }).click()
  await his.player.isAt(6000)
  const drawing = his.page.getByRole('img', { name: 'Drawing by Ada' })
  await drawing.waitFor()
  const points = (await drawing.locator('polyline').getAttribute('points')) ?? ''
  const [x = 0, y = 0] = points.split(/[ ,]/).map(Number)
  expect([x, y]).toEqual([expect.closeTo(0.25, 1), expect.closeTo(0.5, 1)])
  await his.player.seek(9000)
  await drawing.waitFor({ state: 'detached' })
})

it('an answer by video is watched in its place, at the speed of the viewer, while the update waits', async () => {
  const { write, open } = await meeting()
  const { videoId } = (await write(ben, { text: '', atMs: 3000, video: { tracks: ['main'] } })) as unknown as { videoId: string }
  for (const number of cut.numbers) await scene.send(ben, videoId, 'main', number, cut)
  expect((await scene.finish(ben, videoId, { main: { segments: cut.numbers.length - 1 } })).statusCode).toBe(200)
  const { page, player } = await open(ada)
  await page.keyboard.press('>')
  await player.play()
  await commentsOn(page).getByRole('button', { name: 'Play the answer by Ben' }).click()
  await expect.poll(player.isPaused).toBe(true)
  const answer = commentsOn(page).locator('video')
  const read = <T>(what: (video: HTMLVideoElement) => T) => answer.evaluate(what as (video: HTMLElement | SVGElement) => T)
  await expect.poll(() => read(({ currentTime }) => currentTime)).toBeGreaterThan(0.2)
  const rate = () => read(({ playbackRate }) => playbackRate)
  expect(await rate()).toBe(1.2)

  // Its keys are its own while it has the focus.
  const beforeMs = await player.currentMs()
  await page.keyboard.press('k')
  await expect.poll(() => read(({ paused }) => paused)).toBe(true)
  await page.keyboard.press('0')
  await expect.poll(() => read(({ currentTime }) => currentTime)).toBe(0)
  expect([await player.isPaused(), await player.currentMs()]).toEqual([true, beforeMs])

  // One of the two is heard, whichever began last, and none while somebody writes.
  await page.keyboard.press('k')
  await expect.poll(() => read(({ paused }) => paused)).toBe(false)
  const update = page.getByRole('region', { name: 'Player' })
  await update.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => read(({ paused }) => paused)).toBe(true)
  await update.getByRole('button', { name: 'Speed 1.2×' }).click()
  await page.getByRole('menuitemradio', { name: '2×', exact: true }).click()
  await expect.poll(rate).toBe(2)
  await page.getByRole('region', { name: 'Answer by Ben' }).getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(player.isPaused).toBe(true)
  await fieldOn(page).fill('Wait')
  await expect.poll(() => read(({ paused }) => paused)).toBe(true)
})
