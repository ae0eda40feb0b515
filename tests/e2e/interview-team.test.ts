import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording, segmentForm } from '../support/cut.ts'
import { isFine } from './is-fine.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cem = await given.person('Cem')

const it = test.skipIf(!hasChromium)
const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, colorScheme: 'dark' as const }
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

const csv = [
  'Name;E-Mail;Deadline',
  '"Ruiz, Ana";ana@example.org;2030-12-31',
  'Jörg Müßig;joerg@example.org;',
  'Nobody;nobody at example.org;',
  'Dia;;',
].join('\r\n')

it('a team writes its questions, invites candidates by a list, and lets a colleague watch', async () => {
  const hers = await scene.pageOf(ada)
  await hers.goto('/')
  await hers.getByRole('button', { name: 'Channels' }).click()
  await hers.getByRole('menuitem', { name: 'Interviews' }).click()
  await says(hers, 'Interview people when it suits them')
  await says(hers, 'people watch and decide')
  await isFine(hers)

  await button(hers, 'New position').click()
  await hers.getByLabel('Title').fill('Backend engineer')
  await isFine(hers)
  await button(hers, 'Create position').click()
  await hers.waitForURL(/\/questions$/)
  await hers.getByRole('heading', { name: 'Backend engineer' }).waitFor()

  // Two questions, the first of them recorded; what is wrong is said at the field.
  await button(hers, 'Add a question').click()
  await button(hers, 'Save questions').click()
  await says(hers, 'Write the question, or record it.')
  await isFine(hers)
  await button(hers, 'Record a video: Question 1').click()
  const recorder = recorderOn(hers)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await recorder.stop.click()
  await hers.getByRole('button', { name: /^Play the video of Question 1/ }).waitFor({ timeout: 30_000 })
  await button(hers, 'Add a question').click()
  await hers.getByLabel('Text of Question 2').fill('What did you build last, and why?')
  const second = hers.getByRole('region', { name: 'Question 2' })
  await second.getByLabel('In writing').check()
  await second.getByLabel('May be answered again').selectOption({ label: 'Not at all' })
  await says(hers, 'need a second try')
  await button(hers, 'Add a line to Question 2').click()
  await hers.getByLabel('Line 1 of what you look for in Question 2').fill('Says why')
  await button(hers, 'Move Question 2 up').click()
  await says(hers, 'It is question 1 now.')
  await isFine(hers)

  // What is not saved is not lost by a click.
  await hers.getByRole('link', { name: 'Candidates' }).click()
  await button(hers, 'Stay here').click()
  await button(hers, 'Save questions').click()
  await says(hers, 'Saved')
  await button(hers, 'Keep as template').click()
  await hers.getByLabel('Name of the template').fill('Engineers')
  await button(hers, 'Keep template').click()
  await says(hers, 'Kept as a template')
  await hers.reload()
  expect(await hers.getByLabel('Text of Question 1').inputValue()).toBe('What did you build last, and why?')
  await hers.getByRole('button', { name: /^Play the video of Question 2/ }).waitFor()

  await hers.getByRole('link', { name: 'Candidates' }).click()
  await says(hers, 'Nobody is invited yet')
  await isFine(hers)
  await button(hers, 'Invite candidates').click()
  await hers.getByRole('radio', { name: 'A list (CSV)' }).check({ force: true })
  const file = { name: 'candidates.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'latin1') }
  await hers.getByLabel('CSV file').setInputFiles(file)
  const wrong = hers.getByRole('list', { name: 'Rows that cannot be invited' })
  await wrong.getByText('Row 4, Nobody').waitFor()
  await says(hers, '“nobody at example.org” is not an email address')
  await hers.getByRole('cell', { name: 'Ruiz, Ana' }).waitFor()
  await hers.getByRole('cell', { name: 'Jörg Müßig' }).waitFor()
  await isFine(hers)
  await button(hers, 'Invite 3 candidates').click()
  await says(hers, 'Send each candidate their own link')
  await isFine(hers)
  await button(hers, 'Copy link of Ruiz, Ana').click()
  await says(hers, 'Link of Ruiz, Ana copied')
  const link = await hers.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/\/i\/[\w.-]{20,}$/)
  await button(hers, 'Copy all').click()
  await says(hers, 'All links copied')
  const all = (await hers.evaluate(() => navigator.clipboard.readText())).split('\n')
  expect(all).toHaveLength(3)
  expect(all[0]).toBe(`Ruiz, Ana\t${link}`)
  await button(hers, 'Done').click()
  await says(hers, '3 candidates')
  await isFine(hers)

  // A link that is revoked is in nobody's hands any more; another gets more time, which only owners are told.
  await button(hers, 'More about Dia').click()
  await hers.getByRole('menuitem', { name: 'Revoke the link' }).click()
  await says(hers, 'The link of Dia is revoked')
  await hers.getByText('Revoked', { exact: true }).waitFor()
  await button(hers, 'More about Jörg Müßig').click()
  await hers.getByRole('menuitem', { name: 'Deadline and accommodation…' }).click()
  await hers.getByLabel('Extra time for each answer').selectOption({ label: '50 % more' })
  await isFine(hers)
  await button(hers, 'Save').click()
  await says(hers, 'Saved')
  await hers.getByRole('link', { name: 'Questions', exact: true }).click()
  await says(hers, 'Candidates who were invited keep version 1. Changes become version 2')
  await isFine(hers)

  await hers.getByRole('link', { name: 'Settings' }).click()
  await hers.getByLabel('Add somebody').selectOption({ label: 'Ben' })
  await button(hers, 'Add').click()
  await hers.getByLabel('Role of Ben').waitFor()
  await hers.getByLabel('Candidates hear from us').selectOption({ label: 'within 7 days' })
  await says(hers, 'Candidates hear from us within 7 days')
  await hers.getByLabel('Role of Ada').selectOption({ label: 'Observer' })
  await says(hers, 'A position keeps at least one owner')
  expect(await hers.getByLabel('Role of Ada').inputValue()).toBe('owner')
  await isFine(hers)

  // A reviewer sees candidates and questions, and changes neither.
  const his = await scene.pageOf(ben, phone)
  await his.goto('/interviews')
  await says(his, 'Reviewer')
  await isFine(his)
  await his.getByRole('link', { name: 'Backend engineer' }).click()
  await his.getByRole('link', { name: 'Jörg Müßig' }).waitFor()
  await isFine(his)
  expect(await his.getByRole('button', { name: /^(Invite candidates|More about)/ }).count()).toBe(0)
  expect(await his.getByText('joerg@example.org').count()).toBe(0)
  await his.getByRole('link', { name: 'Jörg Müßig' }).click()
  await says(his, 'The candidate has not begun.')
  await says(his, 'Says why')
  expect(await his.getByText('50 %').count()).toBe(0)
  await isFine(his)
  await his.getByRole('link', { name: /^Next: Ruiz, Ana/ }).click()
  await his.getByRole('heading', { name: 'Ruiz, Ana' }).waitFor()
  await his.getByRole('link', { name: 'Backend engineer' }).click()
  await his.getByRole('link', { name: 'Questions', exact: true }).click()
  await says(his, 'The owners of the position write the questions.')
  await his.getByRole('button', { name: /^Play the video of Question 2/ }).click()
  await his.getByLabel('Video of Question 2').locator('video').waitFor()
  expect(await his.getByRole('textbox').count()).toBe(0)
  await isFine(his)
  await his.getByRole('link', { name: 'Settings' }).click()
  await says(his, 'Nobody else in the workspace sees this position')
  expect(await his.getByRole('combobox').count()).toBe(0)
  await isFine(his)

  // Nobody else learns that there is anything.
  const theirs = await scene.pageOf(cem, phone)
  await theirs.goto('/interviews')
  await says(theirs, 'Interview people when it suits them')
  expect(await theirs.getByText('Backend engineer').count()).toBe(0)
  await theirs.goto(new URL(his.url()).pathname)
  await theirs.getByRole('heading', { name: 'There is nothing at this address' }).waitFor()

  // Erased for good, after a question.
  await hers.getByRole('link', { name: 'Candidates' }).click()
  await button(hers, 'More about Dia').click()
  await hers.getByRole('menuitem', { name: 'Erase candidate…' }).click()
  await isFine(hers)
  await button(hers, 'Erase for good').click()
  await says(hers, '2 candidates')
})

it('two owners who change the same questions lose nothing of what they typed', async () => {
  const position = await scene.as(ada).inject({ method: 'POST', url: '/api/positions', payload: { title: 'Designer' } })
  const { id } = position.json()
  await scene.as(ada).inject({ method: 'PUT', url: `/api/positions/${id}/people/${ben.id}`, payload: { role: 'owner' } })
  const path = `/interviews/${id}/questions`
  const hers = await scene.pageOf(ada)
  await hers.goto(path)
  await button(hers, 'Add a question').click()
  await hers.getByLabel('Text of Question 1').fill('What would you change here?')

  const his = await scene.pageOf(ben, phone)
  await his.goto(path)
  await button(his, 'Add a question').click()
  await his.getByLabel('Text of Question 1').fill('What are you proud of?')
  await isFine(his)
  await button(his, 'Save questions').click()
  await says(his, 'Saved')

  await button(hers, 'Save questions').click()
  await says(hers, 'Somebody else saved these questions meanwhile.')
  expect(await hers.getByLabel('Text of Question 1').inputValue()).toBe('What would you change here?')
  await isFine(hers)
  await button(hers, 'Save mine instead').click()
  await says(hers, 'Saved')
  await his.reload()
  expect(await his.getByLabel('Text of Question 1').inputValue()).toBe('What would you change here?')

  // Closed, nothing can be changed; a new one begins with a template or a copy.
  await hers.getByRole('link', { name: 'Settings' }).click()
  await button(hers, 'Close position').click()
  await hers.getByRole('dialog').getByRole('button', { name: 'Close position' }).click()
  await says(hers, 'It is closed')
  await isFine(hers)
  await hers.getByRole('link', { name: 'All positions' }).click()
  await hers.getByRole('heading', { name: 'Closed' }).waitFor()
  await isFine(hers)
  await button(hers, 'New position').click()
  await hers.getByLabel('Title').fill('Designer, again')
  await hers.getByLabel('Begin with').selectOption({ label: 'Designer' })
  await button(hers, 'Create position').click()
  await hers.waitForURL(/\/questions$/)
  await hers.getByRole('heading', { name: 'Designer, again' }).waitFor()
  expect(await hers.getByLabel('Text of Question 1').inputValue()).toBe('What would you change here?')
})

it('what a candidate handed in is read and watched question by question, and is gone when they withdraw', async () => {
  const inject = async (method: 'POST' | 'PUT', url: string, payload: object) =>
    (await scene.as(ada).inject({ method, url, payload })).json()
  const { id } = await inject('POST', '/api/positions', { title: 'Support' })
  await inject('PUT', `/api/positions/${id}/people/${ben.id}`, { role: 'reviewer' })
  const questions = [
    { id: 'calm', text: 'When did you calm somebody down?', ways: ['video'], rubric: [{ id: 'listens', text: 'Listens first' }] },
    { id: 'write', text: 'Answer this letter.', ways: ['text'] },
    { id: 'left', text: 'Anything else?', ways: ['text'] },
  ]
  await inject('PUT', `/api/positions/${id}/interview`, { revision: 1, content: { questions } })
  const { items } = await inject('POST', `/api/positions/${id}/invitations`, { candidates: [{ name: 'Eva' }, { name: 'Fay' }] })
  const token = items[0].url.split('/').at(-1)
  const candidate = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, rest: object = {}) => {
    const { headers, ...others } = rest as { headers?: Record<string, string> }
    return scene.app.inject({ method, url, ...others, headers: { ...headers, 'meanwhile-invitation': token } })
  }
  const { consentVersion } = (await candidate('GET', '/api/candidate')).json()
  await candidate('POST', '/api/candidate/consent', { payload: { version: consentVersion } })
  const cut = await cutRecording({ ms: 4000 })
  const video = { tracks: ['main'] }
  const draft = { title: 'Calm', video, answer: { questionId: 'calm', way: 'video' } }
  const { videoId } = (await candidate('POST', '/api/updates', { payload: draft })).json()
  for (const number of cut.numbers)
    await candidate('PUT', `/api/videos/${videoId}/tracks/main/segments/${number}`, await segmentForm(cut, number))
  await candidate('POST', `/api/videos/${videoId}/finish`, {
    payload: { tracks: { main: { segments: cut.numbers.length - 1 } } },
  })
  await candidate('PUT', '/api/candidate/answers/write/text', { payload: { text: 'Dear reader, you are right.' } })

  // Until it is handed in nobody sees any of it.
  const his = await scene.pageOf(ben, phone)
  const path = `/interviews/${id}/candidates/${items[0].id}`
  await his.goto(path)
  await says(his, 'Answers show here when the candidate hands them in.')
  expect(await his.getByText('Dear reader').count()).toBe(0)
  await isFine(his)
  expect((await candidate('POST', '/api/candidate/submit')).statusCode).toBe(200)
  await his.reload()
  await says(his, 'Answers are in')
  await says(his, '2 of 3 answered')
  await says(his, 'Dear reader, you are right.')
  await says(his, 'Not answered')
  await says(his, 'Listens first')
  await isFine(his)
  await his.getByRole('button', { name: /^Play the answer to Question 1/ }).click()
  await his.getByLabel('Answer to Question 1').locator('video').waitFor()
  await isFine(his)
  await his.getByRole('link', { name: 'Watch and comment on the answer to Question 1' }).click()
  await his.getByRole('textbox', { name: 'Add a comment' }).fill('Well said')
  await his.getByRole('textbox', { name: 'Add a comment' }).press('Control+Enter')
  await says(his, 'Well said')
  await his.goto(path)
  await says(his, '1 comment')

  const hers = await scene.pageOf(ada)
  await hers.goto(`/interviews/${id}`)
  await hers.getByLabel('Show').selectOption({ label: 'Answers are in (1)' })
  await hers.getByRole('link', { name: 'Eva' }).waitFor()
  expect(await hers.getByRole('link', { name: 'Fay' }).count()).toBe(0)
  await says(hers, 'handed in just now')
  await isFine(hers)
  expect((await candidate('DELETE', '/api/candidate')).statusCode).toBe(204)
  await hers.goto(path)
  await says(hers, 'The candidate withdrew')
  expect(await hers.getByText(/Eva|Dear reader/).count()).toBe(0)
  await isFine(hers)
})
