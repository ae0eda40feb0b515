import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { makeFile } from '../support/make-file.ts'
import { agree, begin, handIn, record } from './candidate-steps.ts'
import { candidaciesOn } from './interview.ts'
import { isFine } from './is-fine.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const { position, invited, change, sheet, candidatePage } = candidaciesOn(scene)
const ada = await given.person('Ada')

const it = test.skipIf(!hasChromium)
const phone: BrowserContextOptions = { viewport: { width: 360, height: 780 }, hasTouch: true, locale: 'en-GB' }
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first()
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 30_000 })

const questions = [
  { id: 'plant', text: 'Which plant would you save first?', ways: ['video', 'audio', 'text'], thinkTimeMs: 120_000, retakes: 2 },
  { id: 'tool', text: 'Which tool do you never lend?', ways: ['audio', 'video', 'text'] },
  { id: 'rain', text: 'What do you do when it rains?', ways: ['text'] },
  { id: 'snow', text: 'And when it snows?', ways: ['video', 'text', 'file'] },
]
const positionId = await position(ada, questions, {
  promiseDays: 5,
  intro: { text: 'Welcome to the garden.' },
  outro: { text: 'We water the plants meanwhile.' },
})
const day = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()

const garden = () =>
  makeFile(
    'garden.mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30:duration=4', '-f', 'lavfi', '-i', 'sine=duration=4'],
    ...['-c:v', 'libx264', '-g', '30', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest'],
  )

it('a candidate on a phone answers by video, by voice and in writing, chooses a take and hands in; the team gets that', async () => {
  const invitation = await invited(ada, positionId, { deadlineAt: inDays(3.5) })
  const page = await scene.pageOf(null, phone)
  await page.goto(invitation.path)
  await page.getByRole('heading', { name: 'Hello Ana Ruiz' }).waitFor()
  await says(page, /4 questions, about/)
  await says(page, /Time left: 3 days/)
  await says(page, /Seen by Ada/)
  await says(page, /No software scores, ranks or analyses you/)
  await isFine(page)
  await button(page, 'I agree, begin').click()
  await says(page, 'Tick the box first')
  expect((await candidatePage(invitation)).json().consentedAt).toBeNull()
  await page.getByRole('checkbox').check()
  await button(page, 'I agree, begin').click()
  await says(page, 'Welcome to the garden.')
  await says(page, '0 of 4 answered')
  await isFine(page)
  await button(page, 'Hand in').click()
  await says(page, 'Answer at least one question first.')

  // What is practised stays in the page.
  const sent: string[] = []
  page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()))
  await link(page, /practise/).click()
  await isFine(page)
  await button(page, 'Switch on camera and microphone').click()
  await button(page, 'Record a few seconds').click()
  await page.waitForTimeout(1_500)
  await button(page, 'Stop and play it').click()
  await page.getByLabel('Your practice recording').waitFor()
  await isFine(page)
  expect(sent).toEqual([])

  await link(page, 'All questions').click()
  await link(page, /Which plant/).click()
  await says(page, 'Take about 2 minutes to think, if you like. Nothing starts by itself.')
  await says(page, /After the first time, you can record it 2 more times/)
  await isFine(page)
  await link(page, 'Answer by video').click()
  await button(page, 'Start recording').waitFor()
  await isFine(page)
  await begin(page)
  await isFine(page)
  await page.waitForTimeout(2_500)
  await button(page, 'Stop').click()
  await page.waitForURL(/\/q\/plant$/, { timeout: 60_000 })
  await says(page, 'This one is handed in.')
  await page.locator('video').first().waitFor()
  const [first] = (await candidatePage(invitation)).json().takes
  await link(page, 'Answer by video').click()
  await record(page)
  await says(page, 'You can record it one more time.')
  await isFine(page)
  await page.getByRole('button', { name: /^Hand in this one: / }).click()
  await expect
    .poll(
      async () =>
        (await candidatePage(invitation)).json().takes.find(({ isChosen }: { isChosen: boolean }) => isChosen)?.updateId,
    )
    .toBe(first.updateId)

  await link(page, 'Next question').click()
  await link(page, 'Answer by voice').click()
  await button(page, 'Start recording').waitFor()
  await isFine(page)
  await record(page)
  await says(page, 'This one is handed in.')

  await link(page, 'Next question').click()
  await link(page, 'Answer in writing').click()
  await page.getByLabel('Your answer').fill('I read.\nThen I go out.')
  await page.reload()
  await expect.poll(() => page.getByLabel('Your answer').inputValue()).toBe('I read.\nThen I go out.')
  await isFine(page)
  await button(page, 'Save this answer').click()
  await says(page, 'Then I go out.')

  await link(page, 'All questions').click()
  await says(page, '3 of 4 answered')
  await button(page, 'Hand in').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('And when it snows?').waitFor()
  await dialog.getByText('Recordings that you did not choose are deleted.').waitFor()
  await isFine(page)
  await button(page, 'Hand in now').click()
  await page.getByRole('heading', { name: 'Thank you, Ana Ruiz' }).waitFor({ timeout: 30_000 })
  await says(page, /within 5 days/)
  await says(page, 'We water the plants meanwhile.')
  await isFine(page)

  const { answers, invitation: seen } = await sheet(ada, invitation)
  expect(answers.map(({ questionId, way }: { questionId: string; way: string }) => [questionId, way])).toEqual([
    ['plant', 'video'],
    ['tool', 'audio'],
    ['rain', 'text'],
  ])
  expect(answers[0].update.id).toBe(first.updateId)
  expect(answers[0].update.video.durationMs).toBeGreaterThan(1_500)
  expect(answers[2].update.body).toContain('Then I go out.')
  expect(seen.state).toBe('submitted')
})

it('by keyboard alone somebody agrees, writes an answer, and hands in', async () => {
  const invitation = await invited(ada, positionId)
  const page = await scene.pageOf(null, { locale: 'en-GB' })
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
  /** Tab until what has the focus is called so. */
  async function tabTo(name: RegExp) {
    for (let count = 0; count < 60; count++) {
      const said = await page.evaluate(() => {
        const { activeElement: at } = document
        if (at === document.body || at?.id === 'main') return ''
        const labels = [...((at as HTMLInputElement | null)?.labels ?? [])].map(({ textContent }) => textContent)
        return at?.getAttribute('aria-label') ?? (labels.join(' ') || at?.textContent) ?? ''
      })
      if (name.test(said.trim())) return
      await press('Tab')
    }
    throw new Error(`Tab does not come to ${name}`)
  }
  await page.goto(invitation.path)
  await page.getByRole('heading', { name: 'Hello Ana Ruiz' }).waitFor()
  await tabTo(/^I agree that/)
  await press('Space')
  await tabTo(/^I agree, begin$/)
  await press('Enter')
  await page.getByRole('heading', { name: 'Your questions' }).waitFor()
  await tabTo(/What do you do when it rains/)
  await press('Enter')
  await says(page, 'How would you like to answer?')
  await tabTo(/^Answer in writing$/)
  await press('Enter')
  await page.getByLabel('Your answer').waitFor()
  await tabTo(/^Your answer$/)
  await page.keyboard.type('I sing.')
  await tabTo(/^Save this answer$/)
  await press('Enter')
  await says(page, 'This one is handed in.')
  await tabTo(/All questions/)
  await press('Enter')
  await says(page, '1 of 4 answered')
  await tabTo(/^Hand in$/)
  await press('Enter')
  await page.getByRole('dialog').waitFor()
  await tabTo(/^Hand in now$/)
  await press('Enter')
  await page.getByRole('heading', { name: 'Thank you, Ana Ruiz' }).waitFor()
  expect((await sheet(ada, invitation)).answers[0].update.body).toBe('I sing.')
})

it('what was recorded when the page went away is found by the link, sent, and handed in', async () => {
  const invitation = await invited(ada, positionId)
  const context = await scene.browserOf(null, phone)
  const page = await context.newPage()
  await agree(page, invitation.path)
  await link(page, /And when it snows/).click()
  await link(page, 'Answer by video').click()
  await begin(page)
  await page.waitForTimeout(1_000)
  await context.setOffline(true)
  await page.waitForTimeout(4_000)
  await page.close()
  await context.setOffline(false)

  const again = await context.newPage()
  await again.goto(invitation.path)
  await says(again, /An answer to “And when it snows\?” was kept on this device|Your answer to “And when it snows\?” has arrived/)
  await says(again, 'Your answer to “And when it snows?” has arrived.')
  await says(again, '1 of 4 answered')
  await isFine(again)
  // On another device the same link shows the same.
  const other = await scene.pageOf(null, { locale: 'en-GB' })
  await other.goto(invitation.path)
  await says(other, '1 of 4 answered')
  await handIn(again, 'Ana Ruiz')
  const [{ way, update }] = (await sheet(ada, invitation)).answers
  expect(way).toBe('video')
  expect(update.video.durationMs).toBeGreaterThan(2_000)
})

it('leaving while it records asks first, and what was recorded counts', async () => {
  const invitation = await invited(ada, positionId)
  const page = await scene.pageOf(null, phone)
  await agree(page, invitation.path)
  await link(page, /Which tool/).click()
  await link(page, 'Answer by voice').click()
  await begin(page)
  await page.waitForTimeout(2_500)
  await page.goBack()
  await page.getByRole('dialog').getByText('End this recording?').waitFor()
  await button(page, 'Go on recording').click()
  await page.getByRole('timer').waitFor()
  await page.goBack()
  await button(page, 'End and leave').click()
  await says(page, 'This one is handed in.')
})

/** A page whose camera is refused. */
async function withoutCamera(options: BrowserContextOptions) {
  const context = await scene.browserOf(null, options)
  await context.addInitScript(() => {
    const { mediaDevices } = navigator
    if (!mediaDevices) return
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = (asked) =>
      asked?.video ? Promise.reject(new DOMException('Permission denied', 'NotAllowedError')) : open(asked)
  })
  return context.newPage()
}

it('a camera that is refused leaves voice and writing', async () => {
  const invitation = await invited(ada, positionId)
  const page = await withoutCamera(phone)
  await agree(page, invitation.path)
  await link(page, /Which plant/).click()
  await link(page, 'Answer by video').click()
  await button(page, 'Start recording').click()
  await says(page, 'The camera is blocked.')
  await says(page, 'You can also answer in another way:')
  await isFine(page)
  await link(page, 'Answer in writing').waitFor()
  await link(page, 'Answer by voice').click()
  await record(page)
  await says(page, /^By voice/)
})

it('an answer has ten seconds more than its limit, and then ends by itself', async () => {
  const short = await position(ada, [{ id: 'one', text: 'In short?', ways: ['video'], answerLimitMs: 15_000, retakes: 0 }])
  const invitation = await invited(ada, short)
  const page = await scene.pageOf(null, phone)
  await page.clock.install()
  await agree(page, invitation.path)
  await link(page, /In short/).click()
  await says(page, 'You can record it once.')
  await link(page, 'Answer by video').click()
  await begin(page)
  await page.waitForTimeout(2_500)
  await page.clock.fastForward(15_000)
  await says(page, /The time is up\. Finish your sentence/)
  await page.clock.fastForward(11_000)
  await page.waitForURL(/\/q\/one$/, { timeout: 60_000 })
  await says(page, 'This one is handed in.')
  await says(page, 'You have recorded it as often as you can.')
  expect(await link(page, 'Answer by video').count()).toBe(0)
})

it('what began before the deadline counts, although it ended after it', async () => {
  const invitation = await invited(ada, positionId)
  const page = await scene.pageOf(null, phone)
  await agree(page, invitation.path)
  await link(page, /Which tool/).click()
  await link(page, 'Answer by voice').click()
  await begin(page)
  await change(ada, invitation, { deadlineAt: new Date(Date.now() + 1_500).toISOString() })
  await page.waitForTimeout(4_000)
  await button(page, 'Stop').click()
  await page.getByRole('heading', { name: 'The deadline has passed' }).waitFor({ timeout: 60_000 })
  await says(page, /What you had answered by then counts/)
  await says(page, /^By voice/)
  await isFine(page)
  expect((await sheet(ada, invitation)).answers).toHaveLength(1)
})

it('a file that somebody has is an answer, too', async () => {
  const invitation = await invited(ada, positionId)
  const page = await scene.pageOf(null, phone)
  await agree(page, invitation.path)
  await link(page, /And when it snows/).click()
  await link(page, 'Answer by a file').click()
  await isFine(page)
  await page.locator('input[type=file]').setInputFiles({ name: 'garden.mp4', mimeType: 'video/mp4', buffer: await garden() })
  await page.waitForURL(/\/q\/snow$/, { timeout: 60_000 })
  await says(page, /^By a file/)
  await says(page, 'This one is handed in.')
})

it('the page speaks the language of the browser, or the one that is chosen, and remembers that', async () => {
  const invitation = await invited(ada, positionId, { deadlineAt: inDays(2.5) })
  const page = await withoutCamera({ ...phone, locale: 'de-AT' })
  await page.goto(invitation.path)
  await page.getByRole('heading', { name: 'Guten Tag, Ana Ruiz' }).waitFor()
  await says(page, /Verbleibende Zeit: 2 Tage/)
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
  await isFine(page)
  await page.getByLabel('Sprache').selectOption('es')
  await page.getByRole('heading', { name: 'Hola, Ana Ruiz' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Hola, Ana Ruiz' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('es')
  await isFine(page)

  await page.getByRole('checkbox').check()
  await button(page, 'Acepto, empezar').click()
  await link(page, /Which plant/).click()
  await link(page, 'Responder en vídeo').click()
  await button(page, 'Empezar a grabar').click()
  await says(page, 'La cámara está bloqueada.')
  await page.getByLabel('Idioma').selectOption('de')
  await says(page, 'Die Kamera ist gesperrt.')
  await link(page, 'Zum Inhalt springen').waitFor({ state: 'attached' })
})

it('a scanner that opens the link changes nothing', async () => {
  const invitation = await invited(ada, positionId)
  const before = await sheet(ada, invitation)
  const page = await scene.pageOf(null, phone)
  const changing: string[] = []
  page.on('request', (request) => request.method() !== 'GET' && changing.push(request.url()))
  await page.goto(invitation.path)
  await page.getByRole('heading', { name: 'Hello Ana Ruiz' }).waitFor()
  await page.goto(`${invitation.path}/q/plant/video`)
  await page.getByRole('heading', { name: 'Hello Ana Ruiz' }).waitFor()
  expect(changing).toEqual([])
  expect(await sheet(ada, invitation)).toEqual(before)
})

it('a member who is a candidate, too, answers as one in the same browser', async () => {
  const ben = await given.person('Ben')
  const invitation = await invited(ada, positionId, { name: 'Ben' })
  const page = await scene.pageOf(ben, phone)
  await agree(page, invitation.path)
  await link(page, /Which tool/).click()
  await link(page, 'Answer by voice').click()
  await record(page)
  await says(page, 'This one is handed in.')
  const { items } = (await scene.as(ben).inject({ url: '/api/updates' })).json()
  expect(items).toEqual([])
})
