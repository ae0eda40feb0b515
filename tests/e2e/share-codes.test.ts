import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { startSmtp } from '../support/smtp.ts'
import { violationsOn } from './is-fine.ts'
import { startScene } from './scene.ts'

const it = test.skipIf(!hasChromium)
const smtp = await startSmtp()
const scene = await startScene({ variables: smtp.variables })
const ada = await scene.given.person('Ada')
const { id } = await scene.given.recording(ada, await cutRecording(), 'The secret plan')

it('somebody with an address at the right place gets a code by mail and watches, until the domains are others', async () => {
  await scene.startWorker()
  const author = await scene.pageOf(ada)
  await author.goto(`/u/${id}`)
  await author.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = author.getByRole('dialog', { name: 'Share' })
  const domains = dialog.getByRole('textbox', { name: 'Only people with an address at…' })
  await domains.fill('co.uk')
  await dialog.getByRole('button', { name: 'Create share link' }).click()
  await dialog.getByText('co.uk is a domain that many share').waitFor()
  await domains.fill('@Example.org, example.com')
  await dialog.getByRole('button', { name: 'Create share link' }).click()
  await dialog.getByText('Anyone with the link and an address at example.org or example.com').waitFor()
  expect(await violationsOn(author)).toEqual([])
  const [link] = (await scene.as(ada).inject({ url: `/api/updates/${id}/share-links` })).json()

  const guest = await scene.pageOf(null, { viewport: { width: 390, height: 780 } })
  await guest.goto(link.url)
  await guest.getByRole('heading', { name: 'This is for certain people' }).waitFor()
  expect(await guest.content()).not.toContain('secret plan')
  await guest.getByRole('textbox', { name: 'Your email address' }).fill('mia@example.org')
  await guest.getByRole('button', { name: 'Send me a code' }).click()
  await guest.getByText('If mia@example.org is one of these').waitFor()
  expect(await violationsOn(guest)).toEqual([])
  const code = /\b\d{8}\b/.exec((await smtp.mailTo('mia@example.org')).text ?? '')?.[0] ?? ''
  const field = guest.getByRole('textbox', { name: 'Code' })
  await field.fill(String((Number(code) + 1) % 100_000_000).padStart(8, '0'))
  await guest.getByRole('button', { name: 'Watch' }).click()
  await guest.getByText('This code is not right').first().waitFor()
  await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await guest.getByRole('button', { name: 'Watch' }).click()
  await guest.getByRole('heading', { name: 'The secret plan' }).waitFor()

  await dialog.getByRole('button', { name: 'Change' }).click()
  await domains.fill('example.com')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await guest.getByRole('heading', { name: 'This is for certain people' }).waitFor()
})
