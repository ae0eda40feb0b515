import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { interviewsOn } from '../support/interview.ts'
import { isFine } from './is-fine.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const { done, position, invited, candidate } = interviewsOn(scene.app)
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const zoe = await given.person('Zoe')
const cem = await given.person('Cem')

const it = test.skipIf(!hasChromium)
const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, colorScheme: 'dark' as const }
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

it('two reviewers score without seeing each other, watch a question across all candidates, and an owner decides', async () => {
  const cut = await cutRecording({ ms: 4000 })
  const positionId = await position(ada)
  for (const [person, role] of [
    [ben, 'reviewer'],
    [zoe, 'reviewer'],
    [cem, 'observer'],
  ] as const)
    await done(ada, 'PUT', `/api/positions/${positionId}/people/${person.id}`, { role })
  const all = await invited(ada, positionId, { name: 'Kim Park' }, { name: 'Lou Stein' })
  for (const each of all) {
    const them = candidate(each)
    await them.consent()
    const { videoId } = (await them.begin({ questionId: 'why', way: 'video' })).json()
    expect((await them.upload(videoId, cut)).statusCode).toBe(200)
    await them.write('how', `Calmly, says ${each.name}`)
    await them.say('POST', '/submit')
  }
  const sheet = `/interviews/${positionId}/candidates/${all[0]!.id}`

  // On a phone, by keyboard where it counts: a draft is kept, then submitted.
  const his = await scene.pageOf(ben, phone)
  await his.goto(sheet)
  await says(his, 'Calmly, says Kim Park')
  await says(his, 'Nobody has submitted a scorecard yet.')
  await isFine(his)
  const line = his.getByRole('group', { name: 'Question 1: Is clear' })
  await line.getByRole('radio', { name: '4' }).check({ force: true })
  await his.getByLabel('Note on: Is clear').fill('Says what and why')
  await button(his, 'Keep as a draft').click()
  await says(his, 'Kept, for you alone')
  await his.reload()
  expect(await line.getByRole('radio', { name: '4' }).isChecked()).toBe(true)
  await his
    .getByRole('group', { name: 'Your recommendation' })
    .getByRole('radio', { name: 'Yes', exact: true })
    .check({ force: true })
  await button(his, 'Submit scorecard').click()
  await says(his, 'Nobody else has submitted one yet.')
  await isFine(his)

  // The other reads nothing of it before she has said what she thinks.
  const hers = await scene.pageOf(zoe)
  await hers.goto(sheet)
  await says(hers, '1 scorecard is in. They are sealed')
  expect(await hers.getByText('Says what and why').count()).toBe(0)
  await hers.getByRole('group', { name: 'Question 1: Is clear' }).getByRole('radio', { name: '2' }).check({ force: true })
  await button(hers, 'Submit scorecard').click()
  await hers.getByRole('article', { name: 'Scorecard of Ben' }).getByText('Says what and why').waitFor()
  await isFine(hers)

  // A comment at the second, on the page of the answer.
  await hers.getByRole('link', { name: 'Watch and comment on the answer to Question 1' }).click()
  await hers.waitForURL(/\/u\//)
  await hers.getByRole('textbox', { name: 'Add a comment' }).fill('This is the moment')
  await button(hers, 'Comment').click()
  await hers.getByRole('list', { name: 'Comments' }).getByText('This is the moment').waitFor()

  // Question by question, as a reel.
  await hers.goto(`/interviews/${positionId}/compare`)
  await says(hers, 'Scores of others show for candidates whose scorecard you have submitted.')
  await hers.getByRole('cell', { name: /Ben: Yes/ }).waitFor()
  await isFine(hers)
  await hers.getByRole('link', { name: 'Watch 2 answers to question 1' }).click()
  await hers.waitForURL(/\/reel\?/)
  await says(hers, 'Kim Park')
  await says(hers, 'Lou Stein')

  // An observer waits for the decision, and its reason.
  const theirs = await scene.pageOf(cem, phone)
  await theirs.goto(sheet)
  await says(theirs, 'Observers read the scores once it is decided.')
  expect(await theirs.getByRole('heading', { name: 'Your scorecard' }).count()).toBe(0)
  const owners = await scene.pageOf(ada, phone)
  await owners.goto(sheet)
  await owners.getByRole('group', { name: 'Decision' }).getByRole('radio', { name: 'Goes on' }).check({ force: true })
  await owners.getByLabel('Reason').fill('Clear about what matters')
  await button(owners, 'Decide').click()
  await owners.getByText('Clear about what matters').first().waitFor()
  await isFine(owners)
  await theirs.reload()
  await theirs.getByRole('article', { name: 'Scorecard of Zoe' }).waitFor()
  await says(theirs, 'Clear about what matters')
  await isFine(theirs)

  await theirs.getByRole('link', { name: 'Print, or save as PDF' }).click()
  await theirs.waitForURL(/\/sheet$/)
  await says(theirs, 'Clear about what matters')
  await theirs.getByRole('article', { name: 'Scorecard of Zoe' }).waitFor()
  await says(theirs, 'Answered by video, 4 seconds')
  await isFine(theirs)

  // A hiring manager without an account watches by a link, until it is revoked.
  await owners.goto(`/interviews/${positionId}`)
  await button(owners, 'Share').click()
  const sharing = owners.getByRole('dialog', { name: 'Share with a hiring manager' })
  await sharing.getByLabel('Whom it is for').fill('Dana, head of platform')
  await sharing.getByRole('button', { name: 'Create and copy link' }).click()
  await sharing.getByText('not opened yet').waitFor()
  await isFine(owners)
  const { items } = await done(ada, 'GET', `/api/positions/${positionId}/manager-links`)
  const dana = await scene.pageOf(null, phone)
  await dana.goto(new URL(items[0].url).pathname)
  const kim = dana.getByRole('region', { name: 'Kim Park' })
  await kim.getByText('Calmly, says Kim Park').waitFor()
  await kim.getByRole('button', { name: /^Play, 0:04/ }).click()
  await dana.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.5)
  await isFine(dana)
  await dana.getByRole('radio', { name: 'By question' }).check({ force: true })
  await dana.getByRole('region', { name: 'Question 2' }).getByText('Calmly, says Lou Stein').waitFor()
  await sharing.getByRole('button', { name: /^Revoke the link for Dana/ }).click()
  await sharing.getByText('not opened yet').waitFor({ state: 'detached' })
  await dana.reload()
  await dana.getByRole('heading', { name: 'This link does not work any more' }).waitFor()

  // The team tries what candidates see: nothing of it is kept.
  const tried = await scene.pageOf(ben, phone)
  await tried.goto(`/interviews/${positionId}/questions`)
  await tried.getByRole('link', { name: 'Preview as a candidate' }).click()
  await says(tried, 'This is a preview.')
  await tried.getByRole('checkbox').check()
  await button(tried, 'I agree, begin').click()
  await tried.getByRole('link', { name: /How do you work/ }).click()
  await tried.getByRole('link', { name: 'Answer in writing' }).click()
  await tried.getByRole('textbox', { name: 'Your answer' }).fill('Only to see how it is')
  await button(tried, 'Save this answer').click()
  await says(tried, 'Only to see how it is')
  await isFine(tried)
  await tried.getByRole('link', { name: 'Answer by video' }).click()
  await tried.getByRole('heading', { name: 'Test and practise' }).waitFor()
  await tried.getByRole('link', { name: 'All questions' }).click()
  await button(tried, 'Hand in').click()
  await button(tried, 'Hand in now').click()
  await tried.getByRole('heading', { name: 'Thank you, Ben' }).waitFor()
  const invitations = await done(ben, 'GET', `/api/positions/${positionId}/invitations`)
  expect(invitations.items).toHaveLength(2)
})
