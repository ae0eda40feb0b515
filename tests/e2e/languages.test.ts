import { keepRounds } from '@meanwhile/worker/rounds/keep-rounds'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'
import { interviewsOn } from '../support/interview.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { app, given, as, db } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')

// What people write themselves is in no language that is looked for.
const { id } = await given.recording(ada, await cutRecording({ ms: 4000 }), 'Alpha 1')
await given.recording(ben, await cutRecording({ ms: 4000 }), 'Beta 2')
const post = async (url: string, payload: object) => (await as(ada).inject({ method: 'POST', url, payload })).json()
const asked = await as(ben).inject({
  method: 'POST',
  url: `/api/updates/${id}/comments`,
  payload: { text: 'Gamma?', atMs: 1000, type: 'question', ownerId: ada.id },
})
await post(`/api/updates/${id}/comments`, { text: 'Delta', parentId: asked.json().id })
const channel = await post('/api/channels', { name: 'Epsilon', description: 'Zeta' })
await given.update(ada, { title: 'Eta', body: 'Theta', channelId: channel.id })
const today = new Date().toISOString().slice(0, 10)
const allDay = { from: '00:00', to: '24:00' }
const workingHours = {
  monday: allDay,
  tuesday: allDay,
  wednesday: allDay,
  thursday: allDay,
  friday: allDay,
  saturday: allDay,
  sunday: allDay,
}
for (const person of [ada, ben])
  await as(person).inject({ method: 'PATCH', url: '/api/me/profile', payload: { timeZone: 'UTC', workingHours } })
const checkIn = await post('/api/check-ins', {
  name: 'Iota',
  questions: [
    { id: 'a', kind: 'open', text: 'Kappa?' },
    { id: 'b', kind: 'mood', text: 'Lambda?' },
  ],
  cadence: { rule: 'FREQ=DAILY', startsOn: today, timeZone: 'UTC' },
  people: [ada, ben].map(({ id: userId }) => ({ userId, role: 'participant' })),
})
await keepRounds(db, new Date(`${today}T12:00:00Z`))
const interviews = interviewsOn(app)
const positionId = await interviews.position(ada, { questions: [{ id: 'q', text: 'My?', ways: ['video', 'text'] }] }, 'Ny')
const [invitation] = await interviews.invited(ada, positionId, { name: 'Kim' })
const { url: shareUrl } = await guestsOn(app).share(ada, id)

/** Where each page is, and what of its own it says once it is there. */
const pages: [name: string, path: string, own?: string][] = [
  ['what waits', '/', 'Gamma?'],
  ['all updates', '/updates', 'Alpha 1'],
  ['the recorder', '/record'],
  ['an update', `/u/${id}`, 'Delta'],
  ['an update by its link', new URL(shareUrl).pathname, 'Delta'],
  ['an update on another site', `/embed/${id}`],
  ['a channel', `/c/${channel.id}`, 'Eta'],
  ['a reel', '/reel'],
  ['the agreement', '/agreement'],
  ['check-ins', '/check-ins', 'Iota'],
  ['a check-in', `/check-ins/${checkIn.id}`, 'Iota'],
  ['a round', `/check-ins/${checkIn.id}/${today}`, 'Kappa?'],
  ['decisions', '/decisions'],
  ['hours', '/hours'],
  ['interviews', '/interviews', 'Ny'],
  ['candidates', `/interviews/${positionId}`, 'Kim'],
  ['questions', `/interviews/${positionId}/questions`],
  ['the rules of a position', `/interviews/${positionId}/settings`],
  ['a candidate', `/interviews/${positionId}/candidates/${invitation?.id}`, 'My?'],
  ['settings', '/settings', 'Ben'],
  ['what is not there', '/nowhere'],
]

/** Words that are English and neither German nor Spanish. */
const english = /\b(the|and|you|your|of|to|with|this|that|from|who|when|not|are|have|been|what|nobody|everybody)\b/i

/** `America/Port of Spain`: zones have the names that the tz database gives them. */
const isZone = (text: string) => /^[A-Z][a-z]+\//.test(text)

/** What people read and hear on a page, but for what it says is English. */
const wordsOn = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [document.title]
    for (const element of document.querySelectorAll('body *')) {
      if (element.closest('[lang=en], script, style, noscript')) continue
      for (const name of ['aria-label', 'title', 'alt', 'placeholder']) found.push(element.getAttribute(name) ?? '')
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '')
    }
    return [...new Set(found.map((text) => text.trim()).filter(Boolean))]
  })

test.skipIf(!hasChromium).each([
  ['de-AT', 'Konto'],
  ['es-MX', 'Cuenta'],
])(
  'every page is in the language of a browser that asks for %s, and as wide as a phone',
  { timeout: 300_000 },
  async (locale, account) => {
    const page = await scene.pageOf(ada, { locale, viewport: { width: 360, height: 780 } })
    for (const [name, path, own] of pages) {
      await page.goto(path)
      await (own ? page.getByText(own).first() : page.getByRole('heading').or(page.locator('video')).first()).waitFor()
      const words = await wordsOn(page)
      expect(
        words.filter((text) => english.test(text) && !isZone(text)),
        name,
      ).toEqual([])
      expect(words.length, name).toBeGreaterThan(3)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360)
    }
    await page.goto('/')
    await page.getByRole('button', { name: account }).waitFor()
  },
)
