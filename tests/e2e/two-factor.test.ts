import { sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { violationsOn } from './is-fine.ts'
import { startScene } from './scene.ts'

const it = test.skipIf(!hasChromium)
const scene = await startScene()

const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()
/** As if the phone showed the next code. */
const letStepsPass = () => scene.db.execute(sql`update two_factors set last_step = 0`)
const home = (page: Page) => page.getByRole('link', { name: 'Record', exact: true }).first().waitFor()

it('somebody sets up two-factor, signs in with a code of the app and with a recovery code, and turns it off', async () => {
  const ada = await scene.given.person('Ada')
  const page = await scene.pageOf(ada)
  await page.goto('/settings#two-factor')
  const section = page.locator('#two-factor')
  await section.getByRole('button', { name: 'Set up two-factor' }).click()
  await section.getByLabel('Your password').fill(scene.password)
  await section.getByRole('button', { name: 'Show the QR code' }).click()
  await section.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
  const secret = await section.getByLabel('Key for the authenticator app').inputValue()
  expect(await violationsOn(page)).toEqual([])
  await section.getByLabel('The code that the app shows').fill('000000')
  await section.getByRole('button', { name: 'Turn on' }).click()
  await section.getByText('is not right, or was used already').waitFor()
  const used = codeOf(secret)
  await section.getByLabel('The code that the app shows').fill(used)
  await section.getByRole('button', { name: 'Turn on' }).click()
  const codes = section.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await codes.first().waitFor()
  const recoveryCodes = await codes.allInnerTexts()
  expect(recoveryCodes).toHaveLength(10)
  await section.getByRole('button', { name: 'To the clipboard' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(recoveryCodes[9])
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: 'Keep as a file' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('meanwhile-recovery-codes.txt')
  expect(await violationsOn(page)).toEqual([])
  await section.getByRole('button', { name: 'I have kept them' }).click()
  await section.getByText('10 recovery codes are left').waitFor()

  const signIn = async () => {
    await page.goto('/settings#account')
    await page.locator('#account').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByLabel('Email').fill(ada.email)
    await page.getByLabel('Password').fill(scene.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
  }
  await signIn()
  expect(await violationsOn(page)).toEqual([])
  await page.getByLabel('Code').fill(used)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('is not right, or was used already').waitFor()
  await letStepsPass()
  await page.getByLabel('Code').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Continue' }).click()
  await home(page)

  await signIn()
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(recoveryCodes[0] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await home(page)

  await page.goto('/settings#two-factor')
  await section.getByText('9 recovery codes are left').waitFor()
  await section.getByRole('button', { name: 'Turn off two-factor' }).click()
  await section.getByLabel('Your password').fill(scene.password)
  await section.getByLabel('Code of your app').fill(recoveryCodes[1] ?? '')
  await section.getByRole('button', { name: 'Turn it off' }).click()
  await section.getByRole('button', { name: 'Set up two-factor' }).waitFor()
})
