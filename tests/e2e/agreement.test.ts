import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { violationsOn } from './is-fine.ts'
import { startScene } from './scene.ts'

const it = test.skipIf(!hasChromium)
const scene = await startScene()
const olga = await scene.given.person('Olga')
const mei = await scene.given.person('Mei')
await scene.as(mei).inject({ method: 'PATCH', url: '/api/me/profile', payload: { timeZone: 'Asia/Shanghai' } })
const inBerlin = { timezoneId: 'Europe/Berlin' }

const isWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth > innerWidth')

it('an owner writes down how the team works, a member reads it, and two who write at once lose nothing silently', async () => {
  const page = await scene.pageOf(olga, inBerlin)
  await page.goto('/')
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Agreement' }).click()
  await page.getByRole('heading', { name: "How Olga's workspace works" }).waitFor()
  await page.getByText('Shanghai').waitFor()
  await page.getByRole('button', { name: 'Change the agreement' }).click()
  await page.getByRole('spinbutton', { name: 'A question: how many' }).fill('2')
  await page.getByRole('button', { name: 'Add a topic' }).click()
  await page.getByLabel('Topic').fill('The site is down')
  await page.getByLabel('Who is called').selectOption({ label: 'Mei' })
  await page.getByLabel('How', { exact: true }).fill('Call +49 30 1234')
  await page.getByRole('button', { name: 'Add a meeting' }).click()
  await page.getByLabel('Meeting', { exact: true }).fill('Stand-up')
  await page.getByLabel('What takes its place').fill('The daily check-in')
  expect(await violationsOn(page)).toEqual([])

  const other = await scene.pageOf(olga, { ...inBerlin, viewport: { width: 360, height: 740 } })
  await other.goto('/agreement')
  await other.getByRole('button', { name: 'Change the agreement' }).click()
  expect(await isWide(other)).toBe(false)
  await page.getByRole('button', { name: 'Agree on this' }).click()
  await page.getByText('2 working days').waitFor()
  await other.getByRole('button', { name: 'Agree on this' }).click()
  await other.getByText('Somebody changed the agreement meanwhile').waitFor()
  await other.getByRole('button', { name: 'Load it again' }).click()
  await expect.poll(() => other.getByLabel('Topic').inputValue()).toBe('The site is down')

  const hers = await scene.pageOf(mei, { viewport: { width: 360, height: 740 } })
  await hers.goto('/agreement')
  await hers.getByText('The daily check-in').waitFor()
  expect(await hers.getByRole('button', { name: 'Change the agreement' }).count()).toBe(0)
  await hers.getByRole('button', { name: 'Make a calendar address' }).click()
  expect(await hers.getByLabel('Calendar address').inputValue()).toContain('/api/calendars/')
  expect(await violationsOn(hers)).toEqual([])
  expect(await isWide(hers)).toBe(false)
})

it('whoever is asked sees by when, the asker sees it by both clocks, and a hard kind offers a call', async () => {
  const { id } = await scene.given.update(olga, { title: 'New ideas' })
  const page = await scene.pageOf(olga, inBerlin)
  await page.goto(`/u/${id}`)
  await page.getByRole('textbox', { name: 'Add a comment' }).fill('Which of the two?')
  await page.getByRole('button', { name: 'Type: Note' }).click()
  await page.getByRole('menuitemradio', { name: 'Question' }).click()
  await page.getByRole('combobox', { name: 'Who is asked' }).fill('Mei')
  await page.getByRole('option', { name: 'Mei' }).click()
  await page.getByLabel('Due', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await page.getByText('On track').waitFor()
  expect(await page.getByText('where they are').textContent()).toMatch(/for you · .+ where they are/)

  await page.getByLabel('What it is for').selectOption({ label: 'To find something new' })
  await page.getByText('A call may serve better.').waitFor()
  await page.getByRole('button', { name: 'We talk about it' }).click()
  await page.getByText('A call is the right choice here.').waitFor()
  expect(await violationsOn(page)).toEqual([])

  const hers = await scene.pageOf(mei, { viewport: { width: 360, height: 740 }, timezoneId: 'Asia/Shanghai' })
  await hers.goto(`/u/${id}`)
  await hers.getByText('Asked of you').waitFor()
  await hers.getByText('To find something new').waitFor()
  expect(await isWide(hers)).toBe(false)
  await hers.goto('/agreement')
  await hers.getByText('A call was the right choice').waitFor()
})
