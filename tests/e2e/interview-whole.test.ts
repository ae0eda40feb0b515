import { sql } from 'drizzle-orm'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { agree, begin, handIn, record } from './candidate-steps.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, db, storage } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const zoe = await given.person('Zoe')

const it = test.skipIf(!hasChromium)
const phone: BrowserContextOptions = { viewport: { width: 360, height: 780 }, hasTouch: true, locale: 'en-GB' }
const desktop: BrowserContextOptions = { locale: 'en-GB' }
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first()
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 30_000 })
const score = (page: Page, line: string, score: string) =>
  page.getByRole('group', { name: line }).getByRole('radio', { name: score, exact: true }).check({ force: true })

const csv = ['name,email', 'Ana Quintero,ana@quintero.example', 'Bo Lindqvist,bo@lindqvist.example', 'Dia Okonjo,'].join('\n')
/** Nobody else is called or says so. */
const traces = ['Quintero', 'Lindqvist', 'Okonjo', 'gooseberries', 'thistles', 'wheelbarrow']

async function write(page: Page, question: RegExp, text: string) {
  await open(page, question, 'Answer in writing')
  await page.getByLabel('Your answer').fill(text)
  await button(page, 'Save this answer').click()
  await says(page, 'This one is handed in.')
  await link(page, 'All questions').click()
}

async function open(page: Page, question: RegExp, way: string) {
  await link(page, question).click()
  await link(page, way).click()
}

async function answer(page: Page, question: RegExp, way: string) {
  await open(page, question, way)
  await record(page)
  await says(page, 'This one is handed in.')
  await link(page, 'All questions').click()
}

/** In which tables there is anything of these words, and which objects of recordings the storage holds. */
async function whatIsKept() {
  const tables = await db.execute<{ name: string }>(sql`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`)
  const rows: string[] = []
  for (const { name } of tables)
    for (const word of traces) {
      const found = sql`select 1 from ${sql.identifier(name)} as each where each::text ilike ${`%${word}%`} limit 1`
      if ((await db.execute(found)).length > 0) rows.push(`${name}: ${word}`)
    }
  const objects: string[] = []
  for await (const key of storage.list('videos/')) objects.push(key)
  return { rows, objects }
}

it('from the first question to the last byte: three candidates, two reviewers, a decision, and nothing that stays', async () => {
  const hers = await scene.pageOf(ada)
  await hers.goto('/interviews')
  await button(hers, 'New position').click()
  await hers.getByLabel('Title').fill('Head gardener')
  await button(hers, 'Create position').click()
  await hers.waitForURL(/\/questions$/)
  const positionPath = new URL(hers.url()).pathname.replace('/questions', '')
  for (const [index, text] of ['What grows in your garden?', 'What do you do when it rains?'].entries()) {
    await button(hers, 'Add a question').click()
    await hers.getByLabel(`Text of Question ${index + 1}`).fill(text)
    await hers
      .getByRole('region', { name: `Question ${index + 1}` })
      .getByLabel('In writing')
      .check()
  }
  await button(hers, 'Add a line to Question 2').click()
  await hers.getByLabel('Line 1 of what you look for in Question 2').fill('Stays calm')
  await button(hers, 'Save questions').click()
  await hers.getByText('Saved', { exact: true }).waitFor()
  await hers.getByRole('link', { name: 'Settings' }).click()
  for (const name of ['Ben', 'Zoe']) {
    await hers.getByLabel('Add somebody').selectOption({ label: name })
    await button(hers, 'Add').click()
    await hers.getByLabel(`Role of ${name}`).waitFor()
  }
  await hers.getByLabel('Candidates hear from us').selectOption({ label: 'within 7 days' })
  await hers.getByRole('link', { name: 'Candidates' }).click()
  await button(hers, 'Invite candidates').click()
  await hers.getByRole('radio', { name: 'A list (CSV)' }).check({ force: true })
  await hers.getByLabel('CSV file').setInputFiles({ name: 'gardeners.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await button(hers, 'Invite 3 candidates').click()
  await button(hers, 'Copy all').click()
  const links = Object.fromEntries(
    (await hers.evaluate(() => navigator.clipboard.readText())).split('\n').map((line) => line.split('\t') as [string, string]),
  )

  // On a phone, by video and in writing.
  const anas = await scene.pageOf(null, phone)
  await agree(anas, `${links['Ana Quintero']}`)
  await write(anas, /What grows/, 'Mostly gooseberries.')
  await answer(anas, /when it rains/, 'Answer by video')
  await handIn(anas, 'Ana Quintero')

  // By voice; the second answer is being recorded when the network and then the page are gone.
  const his = await scene.browserOf(null, desktop)
  const first = await his.newPage()
  await agree(first, `${links['Bo Lindqvist']}`)
  await answer(first, /What grows/, 'Answer by voice')
  await open(first, /when it rains/, 'Answer by video')
  await begin(first)
  await first.waitForTimeout(2_500)
  await his.setOffline(true)
  await first.waitForTimeout(2_500)
  await first.close()
  await his.setOffline(false)
  const again = await his.newPage()
  await again.goto(`${links['Bo Lindqvist']}`)
  await says(again, 'has arrived.')
  await says(again, '2 of 2 answered')
  await handIn(again, 'Bo Lindqvist')

  // In writing alone.
  const dias = await scene.pageOf(null, desktop)
  await agree(dias, `${links['Dia Okonjo']}`)
  await write(dias, /What grows/, 'Only thistles.')
  await write(dias, /when it rains/, 'I turn the wheelbarrow over.')
  await handIn(dias, 'Dia Okonjo')

  await scene.startWorker()
  const [bens, zoes] = [await scene.pageOf(ben), await scene.pageOf(zoe)]
  for (const page of [bens, zoes]) {
    await page.goto(positionPath)
    await page.getByRole('link', { name: 'Bo Lindqvist' }).click()
  }
  await score(bens, 'Question 2: Stays calm', '4')
  await bens.getByLabel('Note on: Stays calm').fill('Recorded it twice, in good humour')
  await button(bens, 'Submit scorecard').click()
  await says(bens, 'Nobody else has submitted one yet.')
  await zoes.reload()
  await says(zoes, '1 scorecard is in. They are sealed')
  expect(await zoes.getByText('in good humour').count()).toBe(0)
  await score(zoes, 'Question 2: Stays calm', '3')
  await button(zoes, 'Submit scorecard').click()
  await zoes.getByRole('article', { name: 'Scorecard of Ben' }).getByText('in good humour').waitFor()

  await link(zoes, 'Watch and comment on the answer to Question 2').click()
  await zoes.waitForURL(/\/u\//)
  const player = playerOn(zoes)
  await player.isReady()
  await player.seek(1_000)
  await zoes.getByRole('textbox', { name: 'Add a comment' }).fill('Here he laughs')
  await button(zoes, 'Comment').click()
  await zoes.getByRole('list', { name: 'Comments' }).getByText('Here he laughs').waitFor()

  // Question 2 of all of them, at one and a half times the speed; what was written is read.
  await bens.goto(`${positionPath}/compare`)
  await link(bens, 'Watch 3 answers to question 2').click()
  await says(bens, 'Dia Okonjo')
  const reel = playerOn(bens)
  await reel.isReady()
  await bens.getByRole('button', { name: /^Speed/ }).click()
  await bens.getByRole('menuitemradio', { name: '1.5×' }).click()
  await reel.play()
  await expect.poll(reel.rate).toBe(1.5)

  // What candidates were promised waits for her.
  await hers.goto('/')
  await hers.getByRole('list', { name: 'Asked of you' }).getByRole('link', { name: 'Head gardener' }).click()
  await hers.getByRole('link', { name: 'Bo Lindqvist' }).click()
  await hers.getByRole('group', { name: 'Decision' }).getByRole('radio', { name: 'Goes on' }).check({ force: true })
  await hers.getByLabel('Reason').fill('Calm in any weather')
  await button(hers, 'Decide').click()
  await hers.getByText('Calm in any weather').first().waitFor()

  // The manager they would work for has no account, and no scores.
  await hers.goto(positionPath)
  await button(hers, 'Share').click()
  await hers.getByLabel('Whom it is for').fill('Dana, estate manager')
  await button(hers, 'Create and copy link').click()
  await says(hers, 'Link copied')
  const danas = await scene.pageOf(null, phone)
  await danas.goto(await hers.evaluate(() => navigator.clipboard.readText()))
  await danas.getByRole('heading', { name: 'Head gardener' }).waitFor()
  for (const name of ['Ana Quintero', 'Bo Lindqvist', 'Dia Okonjo']) await says(danas, name)
  expect(await danas.getByText(/in good humour|Here he laughs|Calm in any weather|quintero\.example/).count()).toBe(0)
  await danas
    .getByRole('region', { name: 'Bo Lindqvist' })
    .getByRole('button', { name: /^Play, / })
    .first()
    .click()
  await danas.waitForFunction(() => [...document.querySelectorAll('video')].some(({ currentTime }) => currentTime > 0.5))
  await button(hers, 'Done').click()

  // Whose link it is deletes what is theirs, and the team the rest.
  const kept = await whatIsKept()
  expect(kept.rows.length).toBeGreaterThan(3)
  expect(kept.objects.length).toBeGreaterThan(9)
  await again.reload()
  await button(again, 'Delete my data').click()
  await button(again, 'Delete everything').click()
  await again.getByRole('heading', { name: 'Everything is deleted' }).waitFor()
  await hers.goto(positionPath)
  await hers.getByText('Withdrawn', { exact: true }).first().waitFor()
  expect((await whatIsKept()).rows.filter((row) => row.endsWith('Lindqvist'))).toEqual([])
  await danas.reload()
  await says(danas, 'Ana Quintero')
  expect(await danas.getByText('Bo Lindqvist').count()).toBe(0)
  for (const name of ['Ana Quintero', 'Dia Okonjo']) {
    await button(hers, `More about ${name}`).click()
    await hers.getByRole('menuitem', { name: 'Erase candidate…' }).click()
    await button(hers, 'Erase for good').click()
    await hers.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  await expect.poll(whatIsKept, { timeout: 90_000, interval: 1_000 }).toEqual({ rows: [], objects: [] })
})
