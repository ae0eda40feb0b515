import { closeDecisions } from '@meanwhile/worker/schedules/close-decisions'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { isFine } from './is-fine.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as, db } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const { id } = await given.recording(ada, await cutRecording({ ms: 4000, repeat: 8 }), 'Two plans')
await as(ben).inject({
  method: 'POST',
  url: `/api/updates/${id}/comments`,
  payload: { text: 'The small one first', atMs: 24_000 },
})

const it = test.skipIf(!hasChromium)
const votesOn = (page: Page) => page.getByRole('region', { name: 'Votes on' })

async function openAs(person: typeof ada) {
  const page = await scene.pageOf(person)
  await playerOn(page).open(`/u/${id}`)
  await page.getByRole('list', { name: 'Comments' }).waitFor()
  return page
}
async function vote(page: Page, choice: string, reason = '') {
  await votesOn(page).getByText(choice, { exact: true }).click()
  if (reason) await votesOn(page).getByRole('textbox').fill(reason)
  await votesOn(page).getByRole('button', { name: 'Vote', exact: true }).click()
  await votesOn(page).getByRole('list', { name: 'Votes' }).waitFor()
}

it('a comment becomes a decision, two vote, it closes by itself, and the log has it, verified', {
  timeout: 180_000,
}, async () => {
  const page = await openAs(ada)
  await page.setViewportSize({ width: 360, height: 800 })
  await page.getByRole('button', { name: 'More about the comment by Ben' }).click()
  await page.getByRole('menuitem', { name: 'Decide this…' }).click()
  const form = page.getByRole('form', { name: 'Ask for a decision' })
  await form.getByRole('radio', { name: 'Choose one' }).check({ force: true })
  await form.getByLabel('Option 1').fill('The small plan')
  await form.getByLabel('Option 2').fill('The large plan')
  await isFine(page)
  await form.getByRole('radio', { name: 'Agree or object' }).check({ force: true })
  await form.getByRole('textbox', { name: 'What is to be decided' }).fill('We ship the small one first')
  await form.getByRole('button', { name: 'Open for votes' }).click()
  await votesOn(page).getByText('0 of 3 voted').waitFor()

  const his = await openAs(ben)
  await vote(his, 'Agree')
  await votesOn(page).getByText('What others said is shown once you have voted.').waitFor()
  await vote(page, 'Object', 'The large one pays')
  await votesOn(page).getByRole('button', { name: 'Say something else' }).click()
  await vote(page, 'Abstain')
  await votesOn(his).getByText('before: Object – The large one pays').waitFor()
  await isFine(page)

  const [open] = await db.query.decisions.findMany()
  await closeDecisions(db, new Date(open!.closesAt.getTime() - 1))
  expect(await votesOn(page).getByText('Agreed: nobody objected.').count()).toBe(0)
  await closeDecisions(db, open!.closesAt)
  for (const each of [page, his]) await votesOn(each).getByText('Agreed: nobody objected.').waitFor()
  await votesOn(page).getByRole('button', { name: 'What led to it, 0:04–0:24' }).click()
  await page.waitForFunction(() => Math.abs(document.querySelector('video')!.currentTime - 4) < 3)

  const hers = await scene.pageOf(cleo, { viewport: { width: 360, height: 800 } })
  await hers.goto('/')
  await hers.getByRole('button', { name: 'Channels' }).click()
  await hers.getByRole('menuitem', { name: 'Decisions' }).click()
  await hers.getByText('Verified: 1 entry').waitFor()
  await hers
    .getByRole('textbox', { name: 'Find words' })
    .or(hers.getByRole('searchbox', { name: 'Find words' }))
    .fill('small one')
  const entry = hers.getByRole('list', { name: 'Decisions' }).getByRole('listitem').first()
  await entry.getByText('Agreed: nobody objected.').waitFor()
  await entry.getByText('2 votes, 1 did not answer').click()
  await entry.getByText('Ben: Agree').waitFor()
  await isFine(hers)
  await entry.getByRole('link', { name: 'Watch what led to it in “Two plans”' }).click()
  await hers.waitForURL(/\/u\/.+\?c=.+&t=4$/)
  await votesOn(hers).getByText('Closed').waitFor()
})

it('a log that was changed behind our back is told to be so', async () => {
  await db.execute('alter table decision_log disable trigger all')
  await db.execute(`update decision_log set at = at - interval '1 day'`)
  const page = await scene.pageOf(cleo)
  await page.goto('/decisions')
  await page.getByText('Entry 1 does not check: it was changed.').waitFor()
})
