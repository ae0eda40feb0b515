import { keepRounds } from '@meanwhile/worker/rounds/keep-rounds'
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
const cleo = await given.person('Cleo')
const allDay = Object.fromEntries(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [
    day,
    { from: '00:00', to: '24:00' },
  ]),
)
for (const person of [ada, ben, cleo])
  await as(person).inject({ method: 'PATCH', url: '/api/me/profile', payload: { timeZone: 'UTC', workingHours: allDay } })

const it = test.skipIf(!hasChromium)
const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, colorScheme: 'dark' as const }
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const utc = { timezoneId: 'UTC' }

it('a check-in is made, answered in words, by a recording and by one tap, and late; its round shows who is blocked first', async () => {
  const hers = await scene.pageOf(ada, utc)
  await hers.goto('/')
  await hers.getByRole('link', { name: 'Check-ins', exact: true }).click()
  await button(hers, 'New check-in').click()
  await hers.getByLabel('Name', { exact: true }).fill('Daily')
  await button(hers, 'Remove question 3').click()
  await button(hers, 'Add a question').click()
  await hers.getByLabel('Question 3', { exact: true }).fill('How are you?')
  await hers.getByLabel('How question 3 is answered').selectOption('mood')
  await hers.getByLabel('How often').selectOption({ label: 'Every day' })
  await hers.getByLabel('Cleo is').selectOption({ label: 'asked' })
  await isFine(hers)
  await button(hers, 'Create check-in').click()
  await hers.getByRole('heading', { name: 'Daily' }).waitFor()
  await says(hers, 'Asked: Ada, Ben, and Cleo')
  await keepRounds(db, new Date())
  await hers.getByRole('region', { name: 'Rounds' }).getByRole('link').click()

  await hers.getByLabel('What did you get done?').fill('The player')
  await hers.getByRole('radio', { name: '4', exact: true }).check()
  await hers.getByLabel('I am blocked').check()
  await button(hers, 'Send answer').click()
  await says(hers, 'You have answered.')
  await says(hers, '1 of 3 answered.')
  const path = new URL(hers.url()).pathname

  // He was reminded, and answers all of it in one recording; each question is a chapter.
  const his = await scene.pageOf(ben, utc)
  await his.goto('/check-ins')
  await his.getByRole('link', { name: /Answer by/ }).click()
  await his.getByRole('link', { name: 'Answer all in one recording' }).click()
  const recorder = recorderOn(his)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await his.getByRole('region', { name: 'Speaker notes' }).getByText('1. What did you get done?').waitFor()
  await recorder.hasRecorded(2)
  await recorder.button('Add marker').first().click()
  await recorder.hasRecorded(3)
  await recorder.stop.click()
  await his.waitForURL(`**${path}`, { timeout: 30_000 })
  await says(his, 'You have answered.')
  await says(hers, '2 of 3 answered.')
  const [first, second] = await hers.getByRole('heading', { level: 3 }).allTextContents()
  expect([first, second]).toEqual(['Ada', 'Ben'])
  const [, checkIn, day] = /^(.*)\/(.*)$/.exec(path) ?? []
  const { people } = await scene.readAs(ada).read(`/api${checkIn}/rounds/${day}`)
  const recorded = people.find((each: { person: { name: string } }) => each.person.name === 'Ben').answers[0].update
  const { chapters } = await scene.readAs(ben).videoOf(recorded.id)
  expect(chapters.map(({ title }: { title: string }) => title)).toEqual(['What did you get done?', 'What comes next?'])

  // She says it in one tap, on a phone, and then after all; it is late by then.
  const onPhone = await scene.pageOf(cleo, { ...phone, ...utc })
  await onPhone.goto(path)
  await button(onPhone, 'Skip this one').waitFor()
  await isFine(onPhone)
  await button(onPhone, 'Skip this one').click()
  await says(onPhone, 'You skipped this one.')
  await db.execute(`update round_people set due_at = now() where user_id = '${cleo.id}'`)
  await button(onPhone, 'Answer after all').click()
  await onPhone.getByLabel('What comes next?').fill('Rest')
  await button(onPhone, 'Send changes').click()
  await says(onPhone, 'You have answered. It came late.')
  await isFine(onPhone)
  await says(hers, '3 of 3 answered.')
  await isFine(hers)

  await onPhone.goto('/')
  await onPhone.getByRole('button', { name: 'Channels' }).click()
  await onPhone.getByRole('menuitem', { name: 'All check-ins' }).click()
  const itsPage = onPhone.locator(`a[href="${checkIn}"]`)
  await onPhone.getByRole('heading', { name: 'Daily' }).filter({ has: itsPage }).waitFor()
  await isFine(onPhone)
})
