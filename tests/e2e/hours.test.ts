import { weekOf } from '@meanwhile/shared/working-hours/hours-given-back'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { isFine } from './is-fine.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const it = test.skipIf(!hasChromium)
const scene = await startScene()
const { given, as } = scene
const olga = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const recording = await given.recording(ada, await cutRecording({ ms: 20_000, size: '64x36' }), 'Where we are')
const monday = weekOf(new Date().toISOString().slice(0, 10))

const people = ['olga', 'ada', 'ben', 'cleo', 'dan', 'eve'].map((name) => `ATTENDEE:mailto:${name}@example.org`)
const calendar = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Stand-up', 'DTSTART:20260105T090000Z'],
  ...['DTEND:20260105T091500Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', ...people, 'END:VEVENT', 'END:VCALENDAR'],
].join('\r\n')

it('an admin says which meetings are replaced, somebody watches, and everybody reads one number for the team', async () => {
  const agreement = (await as(olga).inject({ url: '/api/agreement' })).json()
  const { replies, contacts } = agreement
  const planning = { name: 'Planning', when: 'Mondays', is: 'replaced', by: 'Updates' }
  await as(olga).inject({
    method: 'PUT',
    url: '/api/agreement',
    payload: { replies, contacts, meetings: [planning], version: 0 },
  })

  const page = await scene.pageOf(olga, { viewport: { width: 360, height: 740 } })
  await page.goto('/agreement')
  await page.getByRole('link', { name: 'Hours given back' }).click()
  await page.getByText('Say which meeting is replaced').waitFor()
  await isFine(page)
  await page.getByRole('button', { name: 'Add a replaced meeting' }).click()
  await page.getByText('From a calendar').click()
  await page.getByLabel('Or paste what is in it').fill('Hello')
  await page.getByText('This is not a calendar.').waitFor()
  await page.getByLabel('Or paste what is in it').fill(calendar)
  await page.getByRole('button', { name: 'Use Stand-up' }).click()
  expect(await page.getByLabel('Name of the meeting').inputValue()).toBe('Stand-up')
  await page.getByText('7 h 30 min of everybody’s time a week').waitFor()
  await page.getByLabel('What replaces it').selectOption({ label: "What is posted to everyone in Olga's workspace" })
  await page.getByLabel('Not held since').fill(monday)
  await isFine(page)
  await page.getByRole('button', { name: 'Add this meeting' }).click()
  await page.getByText('replaced by what is posted to everyone').waitFor()

  await page.getByRole('button', { name: 'Add “Planning” of the agreement' }).click()
  await page.getByLabel('People in it').fill('4')
  await page.getByLabel('Minutes').fill('60')
  await page.getByLabel('Not held since').fill(monday)
  await page.getByRole('button', { name: 'Add this meeting' }).click()
  await page.getByText('Of one meeting it is not known what replaces it').waitFor()

  const hers = await scene.pageOf(ben)
  const player = playerOn(hers)
  await player.open(`/u/${recording.id}`)
  await player.play()
  await expect.poll(player.currentMs).toBeGreaterThan(3_000)
  const told = hers.waitForResponse((answer) => answer.url().endsWith('/view') && answer.request().method() === 'PUT')
  await player.pause()
  await told
  const { weeks } = (await as(ben).inject({ url: '/api/hours-given-back' })).json()
  expect(weeks[0]).toMatchObject({ week: monday, recordedMs: 20_000 })
  expect(weeks[0].watchedMs).toBeGreaterThan(2_000)
  expect(weeks[0].watchedMs).toBeLessThan(60_000)

  await hers.goto('/hours')
  await hers.getByText('given back this week so far').waitFor()
  await hers.getByRole('row', { name: 'not over yet' }).waitFor()
  expect(await hers.getByRole('button', { name: 'Add a replaced meeting' }).count()).toBe(0)
  await isFine(hers)

  await page.getByRole('button', { name: 'Planning is held again' }).click()
  await page.getByText('held again since').waitFor()
  await page.getByRole('button', { name: 'Take out Planning' }).click()
  await page.getByRole('button', { name: 'Take it out' }).click()
  await expect.poll(() => page.getByText('Planning', { exact: true }).count()).toBe(0)
  await isFine(page)
})
