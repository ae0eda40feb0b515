import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const cut = await cutRecording({ ms: 4000 })
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

const it = test.skipIf(!hasChromium)
const on = (page: Page) => ({
  button: (name: string | RegExp) => page.getByRole('button', { name }),
  link: (name: string | RegExp) => page.getByRole('link', { name }),
  dialog: page.getByRole('dialog'),
  place: page.getByLabel('Post to'),
  says: (text: string | RegExp) => page.getByText(text).first().waitFor(),
  /** Opens a menu and chooses in it. */
  async choose(menu: string, entry: string) {
    await page.getByRole('button', { name: menu, exact: true }).click()
    await page.getByRole('menuitem', { name: entry, exact: true }).click()
  },
})
const channelOf = async (draft: object) =>
  (await as(ada).inject({ method: 'POST', url: '/api/channels', payload: draft })).json() as { id: string; name: string }
const chosenIn = (page: Page) =>
  on(page).place.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.textContent?.trim())

it('what is recorded into a private channel is seen live by its members, and by nobody else until it is moved', async () => {
  const [hers, his, others] = [await scene.pageOf(ada), await scene.pageOf(ben), await scene.pageOf(cleo)]
  for (const page of [his, others]) {
    await page.goto('/')
    await on(page).button('Channels').waitFor()
  }
  await hers.goto('/')
  const { button, link, dialog, choose, says, place } = on(hers)
  await choose('Channels', 'New channel…')
  await dialog.getByLabel('Name').fill('Hiring')
  await dialog.getByLabel('Description').fill('Whom we would like to work with')
  await dialog.getByLabel('Private').check()
  await dialog.getByRole('button', { name: 'Create channel' }).click()
  await hers.waitForURL('**/c/*')
  const channelPath = new URL(hers.url()).pathname
  await hers.getByRole('heading', { name: 'Private channel Hiring' }).waitFor()
  await says('Whom we would like to work with')
  await says('Post the first update here')

  await button('1 member').click()
  await dialog.getByLabel('Add a person').selectOption({ label: 'Ben' })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await dialog.getByRole('button', { name: 'Remove Ben' }).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).click()
  // He is told of it while his page is open.
  await on(his).choose('Channels', 'Hiring')
  await on(his).says('Post the first update here')

  await link('Record here').click()
  await hers.waitForURL('**/record?channel=*')
  await expect.poll(() => chosenIn(hers)).toBe('Hiring (private)')
  await says('Seen by its 2 members alone.')
  await hers.getByRole('radio', { name: 'Screen' }).check({ force: true })
  await button('Start recording').click()
  await button('Skip countdown').click()
  const recorder = recorderOn(hers)
  await recorder.stop.waitFor({ timeout: 20_000 })
  await recorder.hasRecorded(3)
  await recorder.stop.click()
  const updateId = await recorder.isDone()
  await says('Posted in Hiring: its members can watch it, nobody else.')
  await link('Private channel Hiring').waitFor()
  // Ben alone, of the three.
  await says(/^One person is to watch/)

  const row = his.getByRole('article').getByRole('link', { name: /^Update — / })
  await row.waitFor()
  await row.click()
  await his.waitForURL(`**/u/${updateId}`)
  await playerOn(his).isReady()
  expect(await others.getByRole('article').count()).toBe(0)
  await others.goto(`/u/${updateId}`)
  await on(others).says('There is nothing here that you can see')
  await others.goto(channelPath)
  await on(others).says('There is nothing here that you can see')
  await others.goto('/')

  // Right after it, where it is posted is still to be chosen.
  await place.selectOption({ label: "Everyone in Ada's workspace" })
  // Walking through the choices by keyboard moves nothing yet.
  expect((await scene.readAs(ada).read(`/api/updates/${updateId}`)).channel).toMatchObject({ name: 'Hiring' })
  await button('Move it there').click()
  await says("Posted in Ada's workspace: everyone in Ada's workspace can watch it, nobody else.")
  await others.getByRole('link', { name: /^Update — / }).waitFor()
  await hers.reload()
  await choose('More', 'Move to channel…')
  await dialog.getByText(/ × 2 people = \d+ s of attention; \d+ s at 1\.5×\./).waitFor()
  await dialog.getByLabel('Post to').selectOption({ label: 'Hiring (private)' })
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await link('Private channel Hiring').waitFor()
  await expect.poll(() => others.getByRole('article').count()).toBe(0)

  // Who is taken out of it sees nothing of it at once.
  await playerOn(his).isReady()
  await link('Private channel Hiring').click()
  await button('2 members').click()
  await dialog.getByRole('button', { name: 'Remove Ben' }).click()
  await on(his).says('This is not here any more')
  await dialog.getByRole('button', { name: 'Remove Ben' }).waitFor({ state: 'detached' })
  await dialog.getByRole('button', { name: 'Leave' }).click()
  await dialog.getByText('Somebody has to stay in a private channel').waitFor()
})

it('a channel is renamed, takes no comments, is archived and comes back, as everybody sees at once', async () => {
  const { id } = await channelOf({ name: 'Launch' })
  const update = await given.update(ada, { title: 'We are live', body: 'At last', channelId: id })
  const [hers, his] = [await scene.pageOf(ada), await scene.pageOf(ben)]
  await his.goto(`/u/${update.id}`)
  const composer = his.getByRole('textbox', { name: 'Add a comment' })
  await composer.waitFor()
  await hers.goto(`/c/${id}`)
  const { button, dialog, choose } = on(hers)
  const change = async (work: () => Promise<unknown>, press: string) => {
    await button('Channel settings').click()
    await work()
    await dialog.getByRole('button', { name: press }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  await change(async () => {
    await dialog.getByLabel('Name').fill('Launch in May')
    await dialog.getByLabel('Comments').uncheck()
  }, 'Save')
  await on(his).link('Launch in May').waitFor()
  await on(his).says('Comments are turned off in this channel.')
  await change(async () => {}, 'Archive channel')
  await on(his).says('This channel is archived: nothing new is posted here.')
  await on(hers).says('everything in it can be watched, and nothing new is posted here')
  expect(await on(hers).link('Record here').count()).toBe(0)
  await button('Channels').click()
  const entries = await hers.getByRole('menu', { name: 'Channels' }).textContent()
  expect(entries).toMatch(/Archived.*Launch in May/s)
  await hers.keyboard.press('Escape')
  await change(async () => {}, 'Take out of the archive')
  await change(() => dialog.getByLabel('Comments').check(), 'Save')
  await composer.waitFor()
  await choose('Channels', 'New channel…')
  await dialog.getByLabel('Name').fill('LAUNCH in may')
  await dialog.getByRole('button', { name: 'Create channel' }).click()
  await dialog.getByText('There is a channel with this name already').waitFor()
})

it('a recording that starts without a network is posted where it was recorded for, or where its author says when that is gone', async () => {
  const { id } = await channelOf({ name: 'Offline' })
  const context = await scene.browserOf(ada)
  const page = await context.newPage()
  const { place, button, says } = on(page)
  const recorder = recorderOn(page)
  await recorder.open()
  await place.selectOption({ label: 'Offline' })
  await page.getByLabel('Post to').and(page.locator(':enabled')).waitFor()
  await context.setOffline(true)
  await button('Start recording').click()
  await button('Skip countdown').click()
  await recorder.stop.waitFor({ timeout: 20_000 })
  await recorder.hasRecorded(3)
  await as(ada).inject({ method: 'PATCH', url: `/api/channels/${id}`, payload: { archived: true } })
  await recorder.stop.click()
  await context.setOffline(false)
  await says('The channel that it was recorded for does not take it')
  await place.selectOption({ label: "Everyone in Ada's workspace" })
  await button('Post it there').click()
  const updateId = await recorder.isDone()
  expect(await scene.readAs(ada).read(`/api/updates/${updateId}`)).toMatchObject({
    channel: null,
    publishedAt: expect.any(String),
  })
  // The last place is offered again only while it takes something.
  await page.goto('/record')
  await expect.poll(() => chosenIn(page)).toBe("Everyone in Ada's workspace")
})

it('on a phone channels are reached, read and recorded into, and a file goes where it was chosen to', async () => {
  const { id } = await channelOf({ name: 'A channel with a name that is rather long for a small screen', description: 'Small' })
  const { id: updateId } = await given.recording(ada, cut, 'A long title for a narrow page')
  await as(ada).inject({ method: 'PATCH', url: `/api/updates/${updateId}`, payload: { channelId: id } })
  const page = await scene.pageOf(ben, phone)
  const { choose, link } = on(page)
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.goto('/updates')
  await link('A long title for a narrow page').waitFor()
  await fits()
  await choose('Channels', 'A channel with a name that is rather long for a small screen')
  await link('A long title for a narrow page').waitFor()
  await fits()
  await link('Record here').click()
  await expect.poll(() => chosenIn(page)).toMatch(/^A channel with a name/)
  await fits()
  const file = { name: 'notes.wav', mimeType: 'audio/wav', buffer: Buffer.from('not a sound at all') }
  await page.locator('input[type=file]').setInputFiles(file)
  await expect
    .poll(async () => (await scene.readAs(ben).read('/api/updates')).items.map((each: { title: string }) => each.title))
    .toContain('notes')
  const { items } = await scene.readAs(ben).read('/api/updates')
  expect(items.find(({ title }: { title: string }) => title === 'notes')).toMatchObject({ channel: { id } })
})
