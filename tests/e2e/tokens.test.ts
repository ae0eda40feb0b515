import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLog } from '@meanwhile/shared/platform/log'
import { startEvery } from '@meanwhile/worker/schedules/every'
import { deliverDue } from '@meanwhile/worker/webhooks/deliver'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { violationsOn } from './is-fine.ts'
import { startScene } from './scene.ts'

const it = test.skipIf(!hasChromium)
const scene = await startScene({ variables: { WEBHOOKS_PRIVATE_NETWORKS: 'allow' } })
const log = createLog('silent', 'test')
const olga = await scene.given.person('Olga')
await scene.given.update(olga, { title: 'Plan for Monday' })

it('an API token is made in the settings, shown once, works from a program, and ends when it is revoked', async () => {
  const page = await scene.pageOf(olga)
  await page.goto('/settings#tokens')
  await page.getByLabel('What the token is for').fill('Weekly report')
  await page.getByLabel('Works for').selectOption('30 days')
  await page.getByRole('button', { name: 'Create token' }).click()
  const token = await page.getByLabel('API token', { exact: true }).inputValue()
  const listed = page.getByRole('list', { name: 'API tokens' }).getByRole('listitem')
  await listed.getByText('Weekly report').waitFor()

  const ask = () => fetch(`${scene.origin}/api/updates`, { headers: { authorization: `Bearer ${token}` } })
  expect(await (await ask()).json()).toMatchObject({ items: [{ title: 'Plan for Monday' }] })
  await page.reload()
  await listed.getByText(/used/).waitFor()
  expect(await page.content()).not.toContain(token)

  expect(await violationsOn(page)).toEqual([])

  await page.getByRole('button', { name: 'Revoke Weekly report' }).click()
  await expect.poll(() => listed.count()).toBe(0)
  expect((await ask()).status).toBe(401)
})

it('a webhook is made in the settings, tested, told what happens, and its messages are in its log', async () => {
  const told: string[] = []
  const receiver = createServer((request, reply) => {
    told.push(String(request.headers['webhook-signature']))
    request.resume().on('end', () => reply.end('thanks'))
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const { port } = receiver.address() as AddressInfo
  const stop = startEvery(
    200,
    () => deliverDue({ db: scene.db, log, authSecret: scene.env.AUTH_SECRET, rules: { allowPrivate: true } }),
    (error) => log.error({ err: error }),
  )
  try {
    const page = await scene.pageOf(olga)
    await page.goto('/settings#webhooks')
    await page.getByLabel('Address to tell').fill('http://127.0.0.1:22/')
    await page.getByRole('button', { name: 'Create webhook' }).click()
    await page.getByText('must use the usual port').waitFor()
    await page.getByLabel('Address to tell').fill(`http://127.0.0.1:${port}/hook`)
    await page.getByRole('button', { name: 'Create webhook' }).click()
    const secret = await page.getByLabel('Secret of the webhook').inputValue()
    expect(secret).toMatch(/^whsec_/)

    await page.getByRole('button', { name: /Change the webhook/ }).click()
    await page.getByLabel('Its address').fill('http://127.0.0.1:22/')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('must use the usual port').waitFor()
    await page.getByLabel('Its address').fill(`http://127.0.0.1:${port}/other`)
    await page.getByLabel('A member joins').first().check()
    await page.getByRole('button', { name: 'Apply' }).click()
    const hook = page.getByRole('list', { name: 'Webhooks' }).getByRole('listitem')
    await hook.getByText(/update.published, member.joined/).waitFor()
    await hook.getByRole('button', { name: 'Switch off' }).click()
    await hook.getByText(/It was switched off/).waitFor()
    await hook.getByRole('button', { name: 'Switch on' }).click()

    await page.getByRole('button', { name: 'Log', exact: true }).click()
    await page.getByText('Nothing was sent yet.').waitFor()
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText(/Answered 200/).waitFor()
    await page.getByRole('button', { name: 'Send again: test' }).click()
    await expect.poll(() => told.length).toBe(2)

    expect(await violationsOn(page)).toEqual([])
    await page.getByRole('button', { name: /Delete the webhook/ }).click()
    await expect.poll(() => page.getByRole('list', { name: 'Webhooks' }).count()).toBe(0)
  } finally {
    await stop()
    receiver.close()
  }
})
