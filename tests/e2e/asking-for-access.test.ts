import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { violationsOn } from './is-fine.ts'
import { startScene } from './scene.ts'

const it = test.skipIf(!hasChromium)
const scene = await startScene()
const ada = await scene.given.person('Ada')
const mallory = await scene.given.stranger('Mallory')
const { id } = await scene.given.recording(ada, await cutRecording(), 'The secret plan')

it('somebody asks to see an update, is let in from the bell and watches, until they are removed', async () => {
  const asker = await scene.pageOf(mallory, { viewport: { width: 390, height: 780 } })
  const author = await scene.pageOf(ada)
  await author.goto('/')
  for (const address of [crypto.randomUUID(), id]) {
    await asker.goto(`/u/${address}`)
    await asker.getByRole('button', { name: 'Ask for access' }).click()
    await asker.getByText('If there is something here, its author reads that you asked.').waitFor()
  }
  expect(await asker.content()).not.toContain('secret plan')
  expect(await violationsOn(asker)).toEqual([])

  await author.getByRole('button', { name: 'Notifications, 1 not read' }).click()
  const bell = author.locator('.notifications')
  await bell.getByText('asks to see your update').waitFor()
  expect(await violationsOn(author, '.notifications')).toEqual([])
  await bell.getByRole('button', { name: 'Let in Mallory' }).click()
  // Nobody reloads: the page hears that it may show it.
  await asker.getByRole('heading', { name: 'The secret plan' }).waitFor()
  await expect.poll(() => asker.evaluate(() => document.querySelector('video')?.readyState ?? 0)).toBeGreaterThan(1)
  await bell.getByText('Nothing yet.').waitFor()

  await author.goto(`/u/${id}`)
  await author.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = author.getByRole('dialog', { name: 'Share' })
  await dialog.getByText('and 1 person let in').waitFor()
  expect(await violationsOn(author)).toEqual([])
  await dialog.getByRole('button', { name: 'Remove Mallory' }).click()
  await asker.getByRole('heading', { name: 'This is not here any more' }).waitFor()
})
