import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createAccount } from '../support/browser.ts'
import { hasChromium } from '../support/chromium.ts'
import { asPhone } from '../support/pictures.ts'
import { violationsOn } from './is-fine.ts'
import { startScene } from './scene.ts'

const password = 'correct horse battery'
const it = test.skipIf(!hasChromium)
const scene = await startScene()
const olga = await scene.given.person('Olga')
const ben = await scene.given.person('Ben')
await scene.given.update(ben, { title: 'Plan for Monday' })

const members = (page: Page) => page.getByRole('list', { name: 'Members' })
const menuOf = async (page: Page, name: string, act: string) => {
  await page.getByRole('button', { name: `What to do with ${name}` }).click()
  await page.getByRole('menuitem', { name: act, exact: true }).click()
}
const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true })
async function switchTo(page: Page, name: string) {
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: `Switch to ${name}` }).click()
}

it('who has an account joins another workspace by its link, switches, is made admin, and is removed at once', async () => {
  const his = await scene.pageOf(ben)
  await his.goto('/settings')
  await his.getByLabel('What a new workspace is called').fill('Engines')
  await his.getByRole('button', { name: 'Create workspace' }).click()
  await his.getByRole('heading', { name: 'Record your first update' }).waitFor()
  await his.goto('/settings#invitations')
  await his.getByRole('button', { name: 'Create invitation link' }).click()
  const link = await his.getByLabel('Invitation link').inputValue()

  const hers = await scene.pageOf(olga)
  await hers.goto(link)
  await hers.getByRole('heading', { name: 'Join Engines' }).waitFor()
  expect(await violationsOn(hers)).toEqual([])
  await hers.getByRole('button', { name: 'Join', exact: true }).click()
  await hers
    .getByText('Nothing here yet')
    .or(hers.getByRole('heading', { name: 'Record your first update' }))
    .waitFor()
  await expect.poll(() => hers.getByText('Plan for Monday').count()).toBe(0)
  await switchTo(hers, "Olga's workspace")
  await hers.getByText('Plan for Monday').waitFor()
  await switchTo(hers, 'Engines')
  await hers.getByRole('heading', { name: 'Record your first update' }).waitFor()
  const { id } = await scene.given.update(ben, { title: 'Only for Engines' })
  await hers.getByText('Only for Engines').waitFor()

  // A link does not say which workspace it is for.
  await switchTo(hers, "Olga's workspace")
  await hers.getByText('Plan for Monday').waitFor()
  await hers.goto(`/u/${id}`)
  await hers.getByRole('button', { name: 'Look in Engines' }).click()
  await hers.getByRole('heading', { name: 'Only for Engines' }).waitFor()

  // Her page learns of the role by itself.
  await hers.goto('/settings')
  await members(hers).getByText('Olga (you)').waitFor()
  await his.reload()
  await menuOf(his, 'Olga', 'Make admin')
  await members(his).getByText('Admin').waitFor()
  await hers.getByRole('list', { name: 'Audit log' }).getByText('Ben changed the role of Olga: member → admin').waitFor()

  await hers.goto('/updates')
  await hers.getByText('Only for Engines').waitFor()
  await menuOf(his, 'Olga', 'Remove')
  await inDialog(his, 'Remove').click()
  await his.getByText('Olga was removed').waitFor()
  await hers.getByText('Plan for Monday').waitFor()
  expect(await hers.getByText('Only for Engines').count()).toBe(0)
})

it('who is removed from the only workspace is told so, and what to do', async () => {
  const cleo = await scene.given.person('Cleo')
  const page = await scene.pageOf(cleo)
  // Also before the page has begun to listen.
  await page.goto('/')
  await page.getByText('Plan for Monday').waitFor()
  await scene.as(olga).inject({ method: 'DELETE', url: `/api/members/${cleo.id}` })
  await page.getByRole('heading', { name: 'You are not in any workspace' }).waitFor()
  expect(await page.getByText('Plan for Monday').count()).toBe(0)
  expect(await violationsOn(page)).toEqual([])
  await page.getByLabel('What a new workspace is called').fill('Of Cleo')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await page.getByRole('heading', { name: 'Record your first update' }).waitFor()
})

it('an admin hands out a link with which a member sets a new password, and the record says so', async () => {
  const link = (await scene.as(olga).inject({ method: 'POST', url: '/api/invitations' })).json()
  const his = await scene.pageOf(null)
  await createAccount(his, 'Dan', new URL(link.url).pathname)

  const hers = await scene.pageOf(olga)
  await hers.goto('/settings')
  await menuOf(hers, 'Dan', 'Reset password')
  await inDialog(hers, 'Create link').click()
  const reset = await hers.getByLabel('Link to set a new password').inputValue()
  await inDialog(hers, 'Done').click()

  const fresh = await scene.pageOf(null)
  await fresh.goto(reset)
  await fresh.getByText('For Dan, dan@example.org').waitFor()
  expect(await violationsOn(fresh)).toEqual([])
  await fresh.getByLabel('New password').fill('quite another one')
  await fresh.getByRole('button', { name: 'Set password' }).click()
  await fresh.getByRole('heading', { name: 'Your password is changed' }).waitFor()
  // Where he was signed in he is no more, at once.
  await his.getByRole('heading', { name: 'Sign in' }).waitFor()
  await fresh.goto(reset)
  await fresh.getByRole('heading', { name: 'This link does not work any more' }).waitFor()

  await his.getByLabel('Email').fill('dan@example.org')
  await his.getByLabel('Password').fill('quite another one')
  await his.getByRole('button', { name: 'Sign in' }).click()
  await his.getByText('Plan for Monday').waitFor()
  await hers.reload()
  const log = hers.getByRole('list', { name: 'Audit log' })
  await log.getByText('Olga created a link to reset the password of Dan').waitFor()
  await log.getByText('Dan set a new password by a link').waitFor()
  const [download] = await Promise.all([
    hers.waitForEvent('download'),
    hers.getByRole('link', { name: 'Download as CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('audit-log.csv')
})

it('the ownership is transferred with the password, and then its former owner may leave', async () => {
  const zed = await scene.given.person('Zed')
  const hers = await scene.pageOf(olga)
  await hers.goto('/settings')
  await menuOf(hers, 'Zed', 'Transfer ownership')
  await hers.getByRole('dialog').getByLabel('Your password').fill('not the right one')
  await inDialog(hers, 'Transfer ownership').click()
  await hers.getByRole('dialog').getByText('is not your password').waitFor()
  await hers.getByRole('dialog').getByLabel('Your password').fill(password)
  await inDialog(hers, 'Transfer ownership').click()
  await hers.getByText('Zed is the owner now').waitFor()
  await menuOf(hers, 'Olga', 'Leave workspace')
  await inDialog(hers, 'Cancel').click()
  expect((await scene.as(zed).inject({ url: '/api/me' })).json().role).toBe('owner')
})

it('a session elsewhere is ended, and the page that is open there says so', async () => {
  const elsewhere = await scene.pageOf(null)
  await elsewhere.goto('/')
  await elsewhere.getByLabel('Email').fill(ben.email)
  await elsewhere.getByLabel('Password').fill(password)
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await elsewhere.getByRole('button', { name: 'Account' }).waitFor()
  const here = await scene.pageOf(ben)
  await here.goto('/settings#sessions')
  await here.getByRole('list', { name: 'Sessions' }).getByRole('listitem').nth(1).waitFor()
  await here.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor()
})

it('what somebody says of themselves is kept, and the appearance is there before anything is drawn', async () => {
  const page = await scene.pageOf(ben, { viewport: { width: 390, height: 800 }, colorScheme: 'light' })
  await page.goto('/settings')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.getByText('Time zone saved').waitFor()
  await page.getByRole('button', { name: 'Set working hours' }).click()
  await page.getByLabel('Monday from').fill('10:30')
  await page.getByRole('checkbox', { name: 'Friday' }).uncheck()
  await page.getByRole('button', { name: 'Save hours' }).click()
  await expect.poll(async () => (await scene.readAs(ben).read('/api/me/profile')).workingHours?.friday).toBe(null)
  await page.getByLabel('First day off').fill('2026-12-24')
  await page.getByLabel('Last day off').fill('2026-12-31')
  await page.getByRole('button', { name: 'Add days off' }).click()
  await page.getByRole('list', { name: 'Days off' }).getByRole('listitem').waitFor()
  expect(await scene.readAs(ben).read('/api/me/profile')).toMatchObject({
    timeZone: 'Asia/Tokyo',
    workingHours: { monday: { from: '10:30', to: '17:00' } },
    daysOff: [{ from: '2026-12-24', to: '2026-12-31' }],
  })

  const saved = page.waitForResponse(/me\/preferences/)
  await page.locator('label', { hasText: 'Dark' }).click()
  await saved
  const appearance = () =>
    page.evaluate(() => [document.documentElement.dataset.appearance, getComputedStyle(document.body).backgroundColor])
  expect(await appearance()).toEqual(['dark', 'rgb(20, 22, 21)'])
  expect(await violationsOn(page)).toEqual([])
  // It stands in the HTML itself.
  const answer = await page.goto('/settings')
  expect(await answer?.text()).toContain('data-appearance="dark"')
  // Above it parts of the page come later, and it moves: this waits until it stands still.
  await page.locator('label', { hasText: 'As the device' }).click()
  await expect.poll(appearance).toEqual([undefined, 'rgb(250, 250, 248)'])
})

it('a picture stands beside its name at once, for others too, gives way to initials when it is lost, and can be removed', async () => {
  const page = await scene.pageOf(olga)
  await page.goto('/settings#profile')
  const profile = page.getByRole('region', { name: 'Profile' })
  /** How wide the picture is that lies over the initials; 0 where there is none, or it is lost. */
  const shown = (where: Locator) =>
    where.locator('.avatar i').evaluate(async (face) => {
      const image = new Image()
      image.src = /"(.+)"/.exec(getComputedStyle(face).backgroundImage)?.[1] ?? ''
      await image.decode().catch(() => {})
      return image.naturalWidth
    })
  const choose = async (buffer: Buffer, name: string) => {
    const chooser = page.waitForEvent('filechooser')
    await profile
      .getByRole('button', { name: /picture/ })
      .first()
      .click()
    await (await chooser).setFiles({ name, mimeType: 'image/png', buffer })
  }
  await choose(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'drawn.png')
  await profile.getByText('Choose a PNG, JPEG or WebP picture.').waitFor()
  await choose(await asPhone(), 'me.jpg')
  await page.getByText('Picture saved').waitFor()
  for (const where of [profile, page.getByRole('button', { name: 'Account' })]) await expect.poll(() => shown(where)).toBe(256)
  expect(await violationsOn(page)).toEqual([])

  const his = await scene.pageOf(await scene.given.person('Kai'))
  await his.goto('/settings#members')
  const row = members(his).getByRole('listitem').filter({ hasText: 'Olga' })
  await expect.poll(() => shown(row)).toBe(256)
  await his.route('**/media/people/**', (route) => route.abort())
  await his.reload()
  await row.getByText('O', { exact: true }).waitFor()
  expect(await shown(row)).toBe(0)

  await profile.getByRole('button', { name: 'Take it away' }).click()
  await page.getByText('Picture removed').waitFor()
  await expect.poll(() => shown(profile)).toBe(0)
})
