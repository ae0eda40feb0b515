import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { interviewsOn } from '../support/interview.ts'
import { isFine } from './is-fine.ts'
import { startScene } from './scene.ts'

// Nothing takes the mail: that it is offered is enough here.
const scene = await startScene({ variables: { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'meanwhile@example.org' } })
const ada = await scene.given.person('Ada')

const it = test.skipIf(!hasChromium)
const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, locale: 'en-GB' }
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

it('somebody comes by the link of an advert, answers, and answers one question again', async () => {
  const { position, done } = interviewsOn(scene.app)
  const positionId = await position(
    ada,
    { questions: [{ id: 'how', text: 'How do you work?', ways: ['text', 'video'] }] },
    'Cook',
  )
  const hers = await scene.pageOf(ada)
  await hers.goto(`/interviews/${positionId}`)
  await button(hers, 'Invite candidates').click()
  expect(await hers.getByLabel('Send each candidate a mail with their link').isChecked()).toBe(true)
  await isFine(hers)
  await button(hers, 'Cancel').click()
  await button(hers, 'Open link').click()
  await button(hers, 'Make the open link').click()
  const url = await hers.getByRole('textbox', { name: 'Open link' }).inputValue()
  await isFine(hers)

  const theirs = await scene.pageOf(null, phone)
  await theirs.goto(new URL(url).pathname)
  await theirs.getByRole('heading', { name: 'Answer when it suits you' }).waitFor()
  await isFine(theirs)
  await button(theirs, 'Send me my link').click()
  await says(theirs, 'Write your name.')
  await theirs.getByLabel('Your name').fill('Kim Lee')
  await theirs.getByLabel('Your mail address').fill('kim@example.org')
  await button(theirs, 'Send me my link').click()
  await theirs.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await says(theirs, 'is on its way to kim@example.org')
  await isFine(theirs)
  // Who has typed an address has not shown that it is theirs: the link is in the mail alone.
  const { items } = await done(ada, 'GET', `/api/positions/${positionId}/invitations`)
  await theirs.goto(new URL(items[0].url).pathname)
  await theirs.getByRole('heading', { name: 'Hello Kim Lee' }).waitFor()
  await theirs.getByLabel(/I agree/).check()
  await button(theirs, 'I agree, begin').click()
  const answer = async (text: string) => {
    await theirs.getByRole('link', { name: /How do you work/ }).click()
    await theirs.getByRole('link', { name: 'Answer in writing' }).click()
    await theirs.getByLabel('Your answer').fill(text)
    await button(theirs, 'Save this answer').click()
    await theirs.getByRole('link', { name: 'All questions' }).click()
    await button(theirs, 'Hand in').click()
  }
  await answer('Calmly')
  await button(theirs, 'Hand in now').click()
  await theirs.getByRole('heading', { name: 'Thank you, Kim Lee' }).waitFor()

  await hers.goto(`/interviews/${positionId}`)
  await says(hers, /handed in/)
  await hers.getByRole('link', { name: 'Kim Lee' }).click()
  await says(hers, 'came by open link')
  await hers.getByRole('button', { name: /^Let Kim Lee answer this again/ }).click()
  await isFine(hers)
  await button(hers, 'Let them answer again').click()
  await says(hers, 'Kim Lee can answer this again until')

  await theirs.reload()
  await theirs.getByRole('heading', { name: 'One question again' }).waitFor()
  await says(theirs, 'stays until you hand in another')
  await isFine(theirs)
  await answer('With care')
  await says(theirs, 'takes the place of the one that you had handed in')
  await button(theirs, 'Hand in now').click()
  await theirs.getByRole('heading', { name: 'Thank you, Kim Lee' }).waitFor()
  await hers.reload()
  await says(hers, 'With care')
  expect(await hers.getByText('Calmly').count()).toBe(0)
})
