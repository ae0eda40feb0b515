import { schema } from '@meanwhile/shared/db/client'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { isFine } from './is-fine.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as, db } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const question = 'Which dish could you cook without a recipe?'

const it = test.skipIf(!hasChromium)
const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, colorScheme: 'dark' as const }
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

/** What the worker does on a Monday. */
async function paired() {
  const workspaceId = (await as(ada).inject({ url: '/api/workspace' })).json().id
  const [endsAt, goneAt] = [9, 39].map((days) => new Date(Date.now() + days * 86_400_000)) as [Date, Date]
  const [made] = await db
    .insert(schema.pairings)
    .values({ workspaceId, startsOn: '2026-03-02', question, endsAt, goneAt })
    .returning()
  const pairingId = `${made?.id}`
  const now = new Date()
  for (const [person, other] of [
    [ada, ben],
    [ben, ada],
  ] as const) {
    await db.insert(schema.pairingPeople).values({ pairingId, userId: person.id, opensAt: now, toldAt: now })
    await db.insert(schema.notifications).values({ userId: person.id, actorId: other.id, kind: 'pairing', pairingId })
  }
  return `/pairings/${pairingId}`
}

async function answer(page: Page, path: string) {
  const recorder = recorderOn(page)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await page.getByRole('timer', { name: 'Time left' }).waitFor()
  await recorder.hasRecorded(1)
  await isFine(page)
  await recorder.stop.click()
  await page.waitForURL(`**${path}`, { timeout: 30_000 })
}

it('two people answer one question, a minute each, and see each other when both have', async () => {
  const hers = await scene.pageOf(ada)
  await hers.goto('/settings#pairing')
  await hers.getByLabel('Pair people every other week').check()
  await says(hers, 'People are paired from next Monday on')
  await hers.getByLabel('Do not pair me').waitFor()
  const path = await paired()

  await hers.goto('/')
  await hers.getByRole('link', { name: question }).click()
  await says(hers, 'Nobody has answered yet.')
  await isFine(hers)
  await hers.getByRole('link', { name: 'Record your answer' }).click()
  await answer(hers, path)
  await says(hers, 'as soon as all have')
  await isFine(hers)

  const his = await scene.pageOf(ben, phone)
  await his.goto('/')
  await button(his, 'Notifications, 1 not read').click()
  await his.getByRole('link', { name: /Ada is paired with you/ }).click()
  await says(his, 'You are waited for.')
  await says(his, 'Has answered')
  expect(await his.getByRole('button', { name: 'Play the answer by Ada' }).count()).toBe(0)
  await isFine(his)
  await his.getByRole('link', { name: 'Record your answer' }).click()
  await button(his, 'Start recording').waitFor()
  await isFine(his)
  await answer(his, path)

  // Both of their pages show both of them.
  for (const page of [his, hers]) {
    await says(page, 'Your answers are shown to each other.')
    await says(page, /^Gone on /)
    await isFine(page)
  }
  await hers.getByRole('button', { name: 'Play the answer by Ben' }).click()
  await hers.getByLabel('Answer by Ben').locator('video').waitFor()

  // Nothing on its own page leads out of it.
  await his.getByRole('link', { name: 'Open the answer of Ada' }).click()
  await his.getByRole('link', { name: 'Back to the pairing' }).waitFor()
  await button(his, 'Copy link').waitFor()
  expect(await button(his, 'Share').count()).toBe(0)
  await isFine(his)
  await his.goto('/')
  await says(his, 'Nobody waits for you.')
})

it('a recording ends by itself after its minute, and who does not want to is not waited for', async () => {
  const path = await paired()
  const hers = await scene.pageOf(ada)
  await hers.clock.install()
  await hers.goto(`${path}/record`)
  const recorder = recorderOn(hers)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await hers.clock.fastForward(60_000)
  await hers.waitForURL(`**${path}`, { timeout: 30_000 })
  await says(hers, 'You have answered')

  const his = await scene.pageOf(ben, phone)
  await his.goto(path)
  await button(his, 'Not this time').click()
  await says(his, 'Nobody waits for you.')
  await says(hers, 'It is over')
  await isFine(hers)
})
