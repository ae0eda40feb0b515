import { keepRounds } from '@meanwhile/worker/rounds/keep-rounds'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { type Cut, cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { isFine } from './is-fine.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as, db, send, finish } = scene
const [ada, ben, cleo, dan] = [
  await given.person('Ada'),
  await given.person('Ben'),
  await given.person('Cleo'),
  await given.person('Dan'),
]
const it = test.skipIf(!hasChromium)

const always = { from: '00:00', to: '24:00' }
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const workingHours = Object.fromEntries(days.map((day) => [day, always]))
for (const person of [ada, ben, cleo, dan])
  await as(person).inject({ method: 'PATCH', url: '/api/me/profile', payload: { timeZone: 'UTC', workingHours } })
await as(dan).inject({ method: 'PATCH', url: '/api/me/preferences', payload: { playback: { rate: 1.5, skipSilences: true } } })

const today = new Date().toISOString().slice(0, 10)
async function openRound(): Promise<string> {
  const people = [ada, ben, cleo].map(({ id: userId }) => ({ userId, role: 'participant' }))
  const made = await as(ada).inject({
    method: 'POST',
    url: '/api/check-ins',
    payload: {
      name: 'Stand-up',
      questions: [{ id: 'today', kind: 'open', text: 'What do you work on?' }],
      cadence: { rule: 'FREQ=DAILY', dates: [], startsOn: today, timeZone: 'UTC' },
      people: [...people, { userId: dan.id, role: 'observer' }],
    },
  })
  await keepRounds(db, new Date())
  return (await scene.readAs(ada).read(`/api/check-ins/${made.json().id}/rounds/${today}`)).id
}
async function recorded(author: Person, roundId: string, title: string, cut: Cut): Promise<string> {
  const { id, videoId } = await given.update(author, { title, roundId, video: { tracks: ['main'] } })
  for (const number of cut.numbers) await send(author, `${videoId}`, 'main', number, cut)
  await finish(author, `${videoId}`, { main: { segments: cut.numbers.length - 1 } })
  return id
}

it('three answer by video, voice and text; a fourth catches up on all of it from the home page, where nothing waits then, and their answer is asked for there', async () => {
  const roundId = await openRound()
  const seen = await recorded(ada, roundId, 'Seen', await cutRecording({ ms: 5000, silent: [[1000, 4000]] }))
  const heard = await recorded(ben, roundId, 'Heard', await cutRecording({ ms: 4000, picture: false }))
  const page = await scene.pageOf(cleo)
  await page.goto('/')
  const asked = page.getByRole('region', { name: 'Asked of you' })
  await asked.getByText('Check-in · 1 question').waitFor()
  await isFine(page)
  await asked.getByRole('link', { name: 'Stand-up' }).click()
  await page.getByRole('textbox').first().fill('The reel')
  await page.getByRole('button', { name: 'Send answer' }).click()
  await page.getByText('You have answered.').waitFor()
  await page.goto('/')
  await asked.getByText('Nobody waits for you.').waitFor()

  await scene.startWorker()
  const { videoOf } = scene.readAs(ada)
  for (const id of [seen, heard]) await expect.poll(async () => (await videoOf(id)).state, { timeout: 120_000 }).toBe('ready')
  const his = await scene.pageOf(dan, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await his.goto('/')
  const fresh = his.getByRole('region', { name: 'New', exact: true })
  await fresh.getByText(/^3 people · .* at 1\.5× without silences$/).waitFor()
  await isFine(his)
  await fresh.getByRole('link', { name: 'Play all' }).click()
  await playerOn(his).isReady()
  await his.getByRole('button', { name: 'Start the reel' }).click()
  await his.getByRole('heading', { name: 'You have caught up' }).waitFor({ timeout: 90_000 })
  await his.goto('/')
  await fresh.getByText('You have seen everything of the last 30 days.').waitFor()
  await his.getByRole('region', { name: 'Came back to you' }).getByText('No answers since you looked.').waitFor()

  // What is said to somebody comes back to them there, and is gone from every device once it is read.
  await as(dan).inject({ method: 'POST', url: `/api/updates/${seen}/comments`, payload: { text: 'Well done' } })
  const hers = await scene.pageOf(ada)
  await hers.goto('/')
  const back = hers.getByRole('region', { name: 'Came back to you' })
  await back.getByText('Well done').waitFor()
  await as(ada).inject({ method: 'PUT', url: '/api/notifications/read', payload: {} })
  await back.getByText('No answers since you looked.').waitFor()
})
