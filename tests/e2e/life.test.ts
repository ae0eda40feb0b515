import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startScene } from './scene.ts'

const { as, given, db, pageOf, password } = await startScene()

test('what was deleted is found in the trash and restored, and what a rule would take is kept', async () => {
  const ada = await given.person('Ada')
  const update = await given.update(ada, { title: 'Monday plan' })
  const page = await pageOf(ada)
  await page.goto(`/u/${update.id}`)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete update' }).click()
  await page.getByText('Moved to the trash').waitFor()

  await page.goto('/settings#trash')
  const trash = page.getByRole('list', { name: 'Trash' })
  await trash.getByText('30 days left').waitFor()
  await page.getByRole('button', { name: 'Restore Monday plan' }).click()
  await page.getByText('Nothing is in the trash.').waitFor()

  await page.getByLabel('Days until an update goes to the trash by itself').fill('30')
  await page.getByRole('button', { name: 'Save rule' }).click()
  await page.getByText('Updates go to the trash after 30 days').waitFor()
  await db.execute(sql`update updates set published_at = now() - interval '25 days' where id = ${update.id}`)
  await page.goto(`/u/${update.id}`)
  await page.getByText(/Goes to the trash on/).waitFor()
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await page.getByText('Kept: no rule takes it to the trash').waitFor()
  const kept = (await as(ada).inject({ url: `/api/updates/${update.id}` })).json()
  expect(kept).toMatchObject({ expiresAt: null, canKeep: true })

  await as(ada).inject({ method: 'DELETE', url: `/api/updates/${update.id}` })
  await page.goto('/settings#trash')
  await page.getByRole('button', { name: 'Delete Monday plan for good' }).click()
  await page.getByRole('button', { name: 'Delete for good', exact: true }).click()
  await page.getByText('Nothing is in the trash.').waitFor()
})

test('who deletes their account is asked for the password and a word, and is out', async () => {
  await given.person('Olga')
  const ben = await given.person('Ben')
  const page = await pageOf(ben)
  await page.goto('/settings#profile')
  await page.getByRole('button', { name: 'Delete everything of mine…' }).click()
  const sure = page.getByRole('button', { name: 'Delete everything of mine', exact: true })
  await page.getByLabel('Your password').fill('not my password')
  expect(await sure.isDisabled()).toBe(true)
  await page.getByLabel('Type the word delete').fill('delete')
  await sure.click()
  await page.getByText('is not your password').waitFor()
  await page.getByLabel('Your password').fill(password)
  await sure.click()
  await page.getByText('Your account is deleted').waitFor()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
})
