import { mailSiteOf, unsubscribeUrl } from '@meanwhile/shared/platform/mail-site'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const { id } = await given.update(ada, { title: 'Monday', body: 'All of it' })

const it = test.skipIf(!hasChromium)

async function violationsOn(page: Page, part: string) {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(part)})`)) as axe.AxeResults
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })))
}

it('who writes sees when it arrives, says why it cannot wait, and the other says that it could have', async () => {
  const page = await (await scene.browserOf(ada)).newPage()
  await page.goto('/record')
  await page.getByText(/One person gets this (at|on) /).waitFor()
  const reply = await (await scene.browserOf(ben)).newPage()
  await reply.goto(`/u/${id}`)
  await reply.getByLabel('Add a comment').fill('Good')
  await reply.getByText(/Ada gets this (at|on) /).waitFor()
  await reply.getByLabel('Add a comment').press('Enter')
  await page.goto(`/u/${id}`)
  await page.getByRole('button', { name: 'Reply' }).click()
  await page.getByLabel('Reply to Ben').fill('Thanks')
  await page.getByText(/Ben gets this (at|on) /).waitFor()
  await page.getByRole('button', { name: 'Reply by video' }).click()
  await page
    .getByRole('dialog')
    .getByText(/Ben gets this (at|on) /)
    .waitFor()
  await page.getByRole('button', { name: 'Back to the video' }).click()
  const field = page.getByLabel('Add a comment')
  await field.fill('Look at this, @Be')
  await page.getByRole('option', { name: 'Ben' }).click()
  await page.getByText(/Ben gets this (at|on) /).waitFor()
  await page.getByLabel('This can’t wait').check()
  await field.press('Enter')
  await page.getByText('Say in a few words why it can’t wait.').waitFor()
  await page.getByLabel('Why, in one line').fill('The contract ends tonight')
  await field.press('Enter')
  await page.getByText('Told at once').waitFor()

  const other = await (await scene.browserOf(ben)).newPage()
  await other.goto('/')
  await other.getByRole('button', { name: /^Notifications/ }).click()
  const bell = other.getByRole('list', { name: 'Notifications' })
  await bell.getByText('says that this cannot wait').waitFor()
  await bell.getByText('Why: The contract ends tonight').waitFor()
  await bell.getByRole('button', { name: 'Was not urgent' }).click()
  await other.getByText('Noted.').waitFor()
  await page.goto('/agreement')
  await page.getByText('once, 1 of which could have waited').waitFor()
})

it('times, focus and mails are chosen in the settings, on a phone too', async () => {
  const page = await (await scene.browserOf(ben)).newPage()
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/settings#delivery')
  const section = page.getByRole('region', { name: 'Delivery' })
  await section.getByLabel('Delivery 1').fill('08:30')
  await section.getByLabel('Delivery 1').press('Enter')
  await page.getByText('Times saved').first().waitFor()
  await section.getByRole('button', { name: 'Add a time' }).click()
  await section.getByLabel('Delivery 3').waitFor()
  await section.getByRole('button', { name: 'Add focus' }).click()
  await section.getByText('Monday 09:00 – 12:00').waitFor()
  await section.getByLabel('Reminders of check-ins').uncheck()
  await page.getByText('Mail settings saved').waitFor()
  await page.reload()
  await section.getByText('Monday 09:00 – 12:00').waitFor()
  expect(await section.getByLabel('Reminders of check-ins').isChecked()).toBe(false)
  expect(await section.getByLabel('Delivery 1').inputValue()).toBe('08:30')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await violationsOn(page, '#delivery')).toEqual([])
})

it('a mail is turned off by the button that its link leads to, without a session', async () => {
  const page = await (await scene.browserOf(null)).newPage()
  await page.goto(unsubscribeUrl(mailSiteOf(scene.env), ben.id, 'digest'))
  await page.getByRole('button', { name: 'Turn it off' }).click()
  await page.getByRole('heading', { name: 'It is turned off' }).waitFor()
  const { mails } = await scene.readAs(ben).read('/api/me/delivery')
  expect(mails.digest).toBe(false)
})
