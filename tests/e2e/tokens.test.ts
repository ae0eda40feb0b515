import axe from 'axe-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { startScene } from './scene.ts'

const it = test.skipIf(!hasChromium)
const scene = await startScene()
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

  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults
  expect(violations.map(({ id }) => id)).toEqual([])

  await page.getByRole('button', { name: 'Revoke Weekly report' }).click()
  await expect.poll(() => listed.count()).toBe(0)
  expect((await ask()).status).toBe(401)
})
