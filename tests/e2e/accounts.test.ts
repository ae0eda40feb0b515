import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createAccount } from '../support/browser.ts'
import { hasChromium } from '../support/chromium.ts'
import { startScene } from './scene.ts'

const password = 'correct horse battery'
const it = test.skipIf(!hasChromium)

async function signIn(page: Page, email: string, secret = password) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
async function signOutOf(page: Page, menu: string, item: string, heading: string) {
  await page.getByRole('button', { name: menu }).click()
  await page.getByRole('menuitem', { name: item }).click()
  await page.getByRole('heading', { name: heading }).waitFor()
}
const signOut = (page: Page) => signOutOf(page, 'Account', 'Sign out', 'Sign in')
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim())
const scene = await startScene()

it('the first person creates the workspace, invites by a link, and can withdraw one', async () => {
  const hers = await scene.pageOf(null)
  await hers.goto('/')
  await hers.getByRole('heading', { name: 'Create the first account' }).waitFor()
  expect(new URL(hers.url()).pathname).toBe('/sign-in')
  await createAccount(hers, 'Ada')
  await hers.getByRole('heading', { name: 'Record your first update' }).waitFor()

  await hers.getByRole('link', { name: 'Invite your team' }).click()
  await hers.getByRole('button', { name: 'Create invitation link' }).click()
  const link = await hers.getByLabel('Invitation link').inputValue()
  await hers.getByRole('button', { name: 'Copy' }).click()
  await hers.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await hers.evaluate(() => navigator.clipboard.readText())).toBe(link)

  const his = await scene.pageOf(null)
  await his.goto(link)
  await his.getByRole('heading', { name: "Join Ada's workspace" }).waitFor()
  await his.getByText('Ada invites you').waitFor()
  await createAccount(his, 'Ben', new URL(link).pathname)
  await his.goto('/settings')
  await his.getByText('Ben (you)').waitFor()
  await his.getByText('ada@example.org').waitFor()
  await expect.poll(() => his.getByRole('button', { name: 'Create invitation link' }).count()).toBe(0)

  await hers.reload()
  await hers.getByText('used once').waitFor()
  await hers.getByRole('button', { name: 'Revoke the link by Ada' }).click()
  await hers.getByText('used once').waitFor({ state: 'detached' })
  const late = await scene.pageOf(null)
  await late.goto(link)
  await late.getByRole('heading', { name: 'This invitation does not work any more' }).waitFor()

  // Who is in already is not asked to make a second account by accident.
  await hers.goto(link)
  await hers.getByRole('link', { name: 'Go to the updates' }).waitFor()
})

it('a second person cannot create an account without an invitation', async () => {
  const page = await scene.pageOf(null)
  await page.goto('/')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.getByText('Ask someone in the workspace for an invitation link.').waitFor()
  await expect.poll(() => page.getByLabel('Name').count()).toBe(0)
})

it('a wrong password and an unknown address are refused alike; the right one opens the page that was asked for', async () => {
  const page = await scene.pageOf(null)
  await page.goto('/settings?from=mail#members')
  await page.waitForURL(/\/sign-in\?next=/)
  const refusals = []
  for (const [email, secret] of [
    ['ada@example.org', 'not the right one'],
    ['nobody@example.org', password],
  ] as const) {
    const answered = page.waitForResponse(/sign-in\/email/)
    await signIn(page, email, secret)
    await answered
    const alert = page.getByRole('alert')
    await alert.waitFor()
    refusals.push(await alert.textContent())
    await expect.poll(() => page.getByLabel('Email').inputValue()).toBe(email)
  }
  expect(refusals[0]).toBe(refusals[1])
  await signIn(page, 'ada@example.org')
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/settings?from=mail')
})

it('signing out ends the session in this browser, also for pages that were open', async () => {
  const page = await scene.pageOf(null)
  await page.goto('/')
  await signIn(page, 'ada@example.org')
  await page.getByRole('heading', { name: 'What waits for you' }).waitFor()
  await signOut(page)
  await page.goto('/record')
  await page.waitForURL(/\/sign-in\?next=%2Frecord/)
  await signIn(page, 'ada@example.org')
  await page.getByRole('heading', { name: 'Record an update' }).waitFor()

  const other = await page.context().newPage()
  await other.goto('/')
  await signOut(other)
  await page.getByRole('link', { name: 'Meanwhile, what waits for you' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

it('a name is changed in the settings and shown from then on', async () => {
  const page = await scene.pageOf(null)
  await page.goto('/settings')
  await signIn(page, 'ada@example.org')
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Name saved').waitFor()
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menu').getByText('Ada Lovelace').waitFor()
  await page.reload()
  await page.getByText('Ada Lovelace (you)').waitFor()
})

it('every page has a title of its own, and going there puts the focus on its heading', async () => {
  const page = await scene.pageOf(null)
  await page.goto('/')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await page.title()).toBe('Sign in · Meanwhile')
  await signIn(page, 'ada@example.org')
  const arrivedAt = async (heading: string, title: string) => {
    await expect.poll(() => focused(page)).toBe(heading)
    expect(await page.title()).toBe(title)
  }
  await arrivedAt('What waits for you', 'What waits for you · Meanwhile')
  await page.getByRole('link', { name: 'Record', exact: true }).first().click()
  await arrivedAt('Record an update', 'Record · Meanwhile')
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Settings' }).click()
  await arrivedAt('Settings', 'Settings · Meanwhile')
  await page.goBack()
  await arrivedAt('Record an update', 'Record · Meanwhile')
  await page.goto('/nowhere')
  await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor()
  expect(await page.title()).toBe('Not found · Meanwhile')
})

it('who chooses Deutsch in the settings reads German in this browser, from the top bar to the recorder', async () => {
  const page = await scene.pageOf(null, { viewport: { width: 360, height: 780 } })
  await page.goto('/settings')
  await signIn(page, 'ada@example.org')
  await page.getByLabel('Language of the site').selectOption('de')
  await page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.getByRole('navigation', { name: 'Hauptmenü' }).getByRole('link', { name: 'Aufnehmen' }).click()
  await page.getByRole('heading', { name: 'Ein Update aufnehmen' }).waitFor()
  await page.getByRole('radio', { name: 'Kamera' }).check()
  await page.getByRole('button', { name: 'Aufnahme starten' }).click()
  await page.getByRole('button', { name: 'Countdown überspringen' }).click()
  await page.getByRole('button', { name: 'Aufnahme beenden' }).waitFor({ timeout: 30_000 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.getByRole('button', { name: 'Verwerfen' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Aufnahme verwerfen' }).click()
  await page.getByRole('heading', { name: 'Ein Update aufnehmen' }).waitFor()
  await signOutOf(page, 'Konto', 'Abmelden', 'Anmelden')
})
