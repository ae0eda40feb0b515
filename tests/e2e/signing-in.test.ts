import { sql } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { startOidcProvider } from '../support/oidc-provider.ts'
import { pathIn, startSmtp } from '../support/smtp.ts'
import { violationsOn } from './is-fine.ts'
import { startScene } from './scene.ts'

const it = test.skipIf(!hasChromium)
const smtp = await startSmtp()
const provider = await startOidcProvider({ gil: { email: 'gil@example.org', email_verified: true, name: 'Gil' } })
const scene = await startScene({ variables: { ...smtp.variables, ...provider.variables } })
provider.serve(scene.origin)
const olga = await scene.given.person('Olga')
const { url } = (await scene.as(olga).inject({ method: 'POST', url: '/api/invitations' })).json()

const home = (page: Page) => page.getByRole('link', { name: 'Record', exact: true }).first().waitFor()

it('people are invited by mail, and come back by mail when they forgot their password', async () => {
  await scene.startWorker()
  const hers = await scene.pageOf(olga)
  await hers.goto('/settings#invitations')
  await hers.getByLabel('Invite by mail').fill('dan@example.org, Fay <fay@example.org>')
  await hers.getByRole('button', { name: 'Invite 2 people' }).click()
  await hers.getByText('Sent to dan@example.org by Olga').waitFor()
  const mails = hers.getByRole('list', { name: 'Mails' })
  const lookAgain = hers.locator('#mail').getByRole('button', { name: 'Look again' })
  await expect
    .poll(async () => {
      await lookAgain.click()
      return mails.getByText('Sent', { exact: true }).count()
    })
    .toBe(2)
  expect(await violationsOn(hers)).toEqual([])

  const his = await scene.pageOf(null)
  await his.goto(pathIn(await smtp.mailTo('dan@example.org')))
  await his.getByLabel('Name').fill('Dan')
  await his.getByLabel('Email').fill('dan@example.org')
  await his.getByLabel('Password').fill('correct horse battery')
  await his.getByRole('button', { name: 'Create account' }).click()
  await home(his)

  const elsewhere = await scene.pageOf(null)
  await elsewhere.goto('/sign-in')
  await elsewhere.getByLabel('Email').fill('dan@example.org')
  await elsewhere.getByRole('button', { name: 'Forgot your password?' }).click()
  expect(await violationsOn(elsewhere)).toEqual([])
  await elsewhere.getByRole('button', { name: 'Send link' }).click()
  await elsewhere.getByText('Look into your mail').waitFor()
  await elsewhere.goto(pathIn(await smtp.mailTo('dan@example.org', 2)))
  await elsewhere.getByLabel('New password').fill('another horse battery')
  await elsewhere.getByRole('button', { name: 'Set password' }).click()
  await elsewhere.getByText('Your password is changed').waitFor()
  await his.getByRole('heading', { name: 'Sign in' }).waitFor()

  await his.getByLabel('Email').fill('dan@example.org')
  await his.getByRole('button', { name: 'Send me a link by mail' }).click()
  await his.getByRole('button', { name: 'Send link' }).click()
  await his.getByText('Look into your mail').waitFor()
  const link = pathIn(await smtp.mailTo('dan@example.org', 3))
  await his.goto(link)
  await his.getByRole('button', { name: 'Sign in' }).click()
  await home(his)
  await elsewhere.goto(link)
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await elsewhere.getByText('This link does not work any more').waitFor()
  await lookAgain.click()
  await mails.getByText('Your link to sign in to Meanwhile').waitFor()
  expect(await hers.content()).not.toContain(link)
})

it('a passkey is added, named, signs in alone, and opens nothing once it is removed', async () => {
  const hers = await scene.pageOf(olga)
  const cdp = await hers.context().newCDPSession(hers)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  })
  await hers.goto('/settings#passkeys')
  await hers.getByRole('button', { name: 'Add a passkey' }).click()
  const own = hers.getByRole('list', { name: 'Passkeys' })
  await own.getByRole('button', { name: /^Rename / }).click()
  await hers.getByLabel('Name of the passkey').fill('My laptop')
  await own.getByRole('button', { name: 'Save' }).click()
  await own.getByText('My laptop').waitFor()
  // One device, one passkey; where she signed in a while ago, her password too.
  await scene.db.execute(sql`update sessions set created_at = now() - interval '2 hours'`)
  await hers.getByRole('button', { name: 'Add a passkey' }).click()
  await hers.locator('#passkeys').getByText('is needed: you signed in more than an hour ago').waitFor()
  expect(await violationsOn(hers)).toEqual([])
  await hers.locator('#passkeys').getByLabel('Your password').fill(scene.password)
  await hers.getByRole('button', { name: 'Add a passkey' }).click()
  await hers.getByText('This device has a passkey for you already').waitFor()
  expect(await violationsOn(hers)).toEqual([])

  const signOut = async () => {
    await hers.goto('/settings')
    await hers.locator('#account').getByRole('button', { name: 'Sign out' }).click()
    await hers.getByRole('heading', { name: 'Sign in' }).waitFor()
  }
  await signOut()
  await hers.getByRole('button', { name: 'Continue with a passkey' }).click()
  await home(hers)
  await hers.goto('/settings#audit')
  await hers.getByRole('list', { name: 'Audit log' }).getByText('Olga added a passkey').waitFor()

  // Whoever only has the device, and not its lock.
  await signOut()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await hers.getByRole('button', { name: 'Continue with a passkey' }).click()
  await hers.getByText('No passkey was used').waitFor()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  await hers.getByRole('button', { name: 'Continue with a passkey' }).click()
  await home(hers)
  await hers.goto('/settings#passkeys')
  await own.getByRole('button', { name: 'Remove My laptop' }).click()
  await expect.poll(() => own.count()).toBe(0)
  await signOut()
  await hers.getByRole('button', { name: 'Continue with a passkey' }).click()
  await hers.getByText('This passkey was not accepted').waitFor()
})

it('who is invited joins with the account of the provider, and signs in with it', async () => {
  const his = await scene.pageOf(null)
  await his.goto(url)
  await his.getByRole('button', { name: 'Continue with Example' }).click()
  await his.locator('input[name=login]').fill('gil')
  await his.locator('input[name=password]').fill('x')
  await his.locator('button[type=submit]').click()
  await his.getByRole('button', { name: 'Continue' }).click()
  await home(his)
  await his.goto('/settings#provider')
  await his.getByText('Connected: you sign in here with that account.').waitFor()
  const disconnect = his.getByRole('button', { name: 'Disconnect Example' })
  await disconnect.click()
  await his.getByText('It is your only way to sign in').waitFor()
  expect(await violationsOn(his)).toEqual([])
  // Who has just signed in needs no present password, having none.
  await his.getByLabel('New password').fill('a first password')
  await his.getByRole('button', { name: 'Change password' }).click()
  await his.getByText('Password changed').waitFor()
  await disconnect.click()
  await his.getByRole('button', { name: 'Connect Example' }).waitFor()

  const elsewhere = await scene.pageOf(null)
  await elsewhere.goto('/sign-in?problem=sign-up-closed')
  await elsewhere.getByText('An invitation link is needed to create an account here').waitFor()
  expect(await violationsOn(elsewhere)).toEqual([])
})
