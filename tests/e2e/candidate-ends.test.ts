import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { unzip } from '../support/zip.ts'
import { agree, handIn, record } from './candidate-steps.ts'
import { candidaciesOn } from './interview.ts'
import { isFine } from './is-fine.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { position, invited, change, close, sheet, candidatePage } = candidaciesOn(scene)
const ada = await scene.given.person('Ada')

const it = test.skipIf(!hasChromium)
const phone: BrowserContextOptions = { viewport: { width: 360, height: 780 }, hasTouch: true, locale: 'en-GB' }
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first()
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 30_000 })

const questions = [{ id: 'tool', text: 'Which tool do you never lend?', ways: ['audio', 'video', 'text'] }]
const positionId = await position(ada, questions)

it('who takes away what is kept of them and then deletes it leaves nothing, here or there', async () => {
  const invitation = await invited(ada, positionId)
  const page = await scene.pageOf(null, phone)
  await agree(page, invitation.path)
  await link(page, /Which tool/).click()
  await link(page, 'Answer by voice').click()
  await record(page)
  await link(page, 'All questions').click()
  await handIn(page, 'Ana Ruiz')
  expect((await sheet(ada, invitation)).answers).toHaveLength(1)
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download everything').click()])
  const files = await unzip(await readFile(await download.path()))
  expect(JSON.parse(`${files.get('about-you.json')}`)).toMatchObject({
    name: 'Ana Ruiz',
    handedInAt: expect.any(String),
    answers: [{ question: 'Which tool do you never lend?', way: 'audio', isChosen: true }],
  })
  // The recording itself, or what is said while it is still being prepared.
  expect([...files.keys()].filter((name) => name.startsWith('Question 1, take 1.'))).toHaveLength(1)
  await isFine(page)
  await button(page, 'Delete my data').click()
  await page.getByRole('dialog').getByText('Delete everything?').waitFor()
  await isFine(page)
  await button(page, 'Delete everything').click()
  await page.getByRole('heading', { name: 'Everything is deleted' }).waitFor()
  await isFine(page)
  expect((await candidatePage(invitation)).statusCode).toBe(410)
  const { answers, invitation: left } = await sheet(ada, invitation)
  expect(answers).toEqual([])
  expect(left).toMatchObject({ state: 'withdrawn', name: '', email: null })
  await page.reload()
  await page.getByRole('heading', { name: 'Nothing of you is kept here' }).waitFor()
  await isFine(page)
})

it('a link that is over, or never was one, says what is so and what to do', async () => {
  const page = await scene.pageOf(null, phone)
  await page.goto('/i/not-a-link')
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  await isFine(page)

  const late = await invited(ada, positionId, { deadlineAt: new Date(Date.now() - 86_400_000).toISOString() })
  await page.goto(late.path)
  await page.getByRole('heading', { name: 'The deadline has passed' }).waitFor()
  await says(page, /this same link works again/)
  await isFine(page)

  const revoked = await invited(ada, positionId)
  await change(ada, revoked, { isRevoked: true })
  await page.goto(revoked.path)
  await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
  await button(page, 'Delete my data').waitFor()
  await isFine(page)

  const closed = await invited(ada, await position(ada, questions))
  await agree(page, closed.path)
  await close(ada, closed)
  await page.reload()
  await page.getByRole('heading', { name: 'This position is closed' }).waitFor()
  await isFine(page)
})
