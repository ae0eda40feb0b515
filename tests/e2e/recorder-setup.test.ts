import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')

const it = test.skipIf(!hasChromium)
const { read, videoOf } = scene.readAs(ada)

async function open(source = 'Screen') {
  const page = await scene.pageOf(ada)
  const recorder = recorderOn(page)
  await recorder.open(source)
  const choose = (name: string) => page.getByRole('radio', { name, exact: true }).check({ force: true })
  return { page, recorder, choose, camera: page.getByLabel('Camera', { exact: true }).and(page.locator('select')) }
}

it('everything that was chosen is there again at the next visit', async () => {
  const { page, choose, camera } = await open('Window')
  await camera.selectOption({ label: 'Default camera' })
  for (const name of ['Rounded square', 'Large', 'Top right', '720p', '10 s']) await choose(name)
  await page.getByText('Speaker notes').click()
  await page.getByRole('textbox', { name: 'Speaker notes' }).fill('Say hello first')
  await page.reload()
  await page.getByRole('radio', { name: 'Large' }).waitFor()
  for (const name of ['Window', 'Rounded square', 'Large', 'Top right', '720p', '10 s'])
    await expect.poll(() => page.getByRole('radio', { name }).first().isChecked(), { message: name }).toBe(true)
  await expect.poll(() => camera.inputValue()).toBe('default')
  await expect.poll(() => page.getByRole('textbox', { name: 'Speaker notes' }).inputValue()).toBe('Say hello first')
  await camera.selectOption({ label: 'No camera' })
  await page.reload()
  await page.getByRole('radio', { name: '720p' }).waitFor()
  await expect.poll(() => camera.inputValue()).toBe('none')
  await expect.poll(() => page.getByRole('radio', { name: 'Rounded square' }).count()).toBe(0)
})

it('the camera is recorded beside the screen, and lies where and as its bubble was put, also while it recorded', async () => {
  const { page, recorder, camera, choose } = await open('Window')
  await camera.selectOption({ label: 'Default camera' })
  await choose('Small')
  await choose('Bottom right')
  await page.getByLabel('Your camera').waitFor()
  const bubble = page.getByRole('button', { name: 'Move the camera bubble' })
  await bubble.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowUp')
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await choose('Rounded square')
  await recorder.stop.click()
  const video = await videoOf(await recorder.isDone())
  expect(video.tracks).toEqual(['main', 'camera'])
  expect(video.layout).toEqual({ shape: 'rounded', size: 'small', x: 0.95, y: 0.95 })
  expect(video.playback.camera).not.toBeNull()
})

it('the bubble is dragged with the pointer, and goes to the edge that is near', async () => {
  const { page, camera } = await open('Window')
  await camera.selectOption({ label: 'Default camera' })
  const bubble = page.getByRole('button', { name: 'Move the camera bubble' })
  const from = await bubble.boundingBox()
  if (!from) throw new Error('no bubble')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(from.x + 260, from.y - 260, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => ((await bubble.boundingBox())?.y ?? 0) < from.y - 100).toBe(true)
  const layout = await page.evaluate(() => JSON.parse(localStorage.getItem('meanwhile.recorder.habits') ?? '{}').layout)
  expect(layout.y).toBe(0)
  expect(layout.x).toBeGreaterThan(0.1)
  expect(layout.x).toBeLessThan(1)
})

it('without a countdown it records at once, with the notes beside it', async () => {
  const { page, recorder, choose } = await open('Camera')
  await choose('Off')
  await page.getByText('Starts at once.').waitFor()
  await page.getByText('Speaker notes').click()
  await page.getByRole('textbox', { name: 'Speaker notes' }).fill('Thank the team')
  await recorder.button('Start recording').click()
  await recorder.stop.waitFor()
  await page.getByRole('region', { name: 'Speaker notes' }).getByText('Thank the team').waitFor()
  await recorder.hasRecorded(1)
  await recorder.stop.click()
  await recorder.isDone()
})

it('afterwards the suggested title is selected, and typing over it names the update', async () => {
  const { page, recorder } = await open('Camera')
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await recorder.stop.click()
  const id = await recorder.isDone()
  const title = page.getByRole('textbox', { name: 'Title' })
  await expect
    .poll(() =>
      title.evaluate(
        (field: HTMLTextAreaElement) => getSelection()?.toString() ?? field.value.slice(field.selectionStart, field.selectionEnd),
      ),
    )
    .toMatch(/^Update — .*Ada$/)
  await page.keyboard.type('What changed this week')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'What changed this week' }).waitFor()
  expect((await read(`/api/updates/${id}`)).title).toBe('What changed this week')
})

it('“Record again” asks, moves this one to the trash, and is back at the start', async () => {
  const { page, recorder } = await open('Camera')
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await recorder.stop.click()
  const id = await recorder.isDone()
  await page.getByRole('button', { name: 'Record again' }).click()
  const question = page.getByRole('dialog', { name: 'Record again?' })
  await question.getByRole('button', { name: 'Keep this one' }).click()
  expect((await as(ada).inject({ url: `/api/updates/${id}` })).statusCode).toBe(200)
  await page.getByRole('button', { name: 'Record again' }).click()
  await question.getByRole('button', { name: 'Record again' }).click()
  await recorder.button('Start recording').waitFor()
  expect((await as(ada).inject({ url: `/api/updates/${id}` })).statusCode).toBe(404)
})

it('who comes back to an update later finds its title as text', async () => {
  const { page, recorder } = await open('Camera')
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await recorder.stop.click()
  await recorder.isDone()
  await page.reload()
  await page.getByRole('button', { name: 'Edit title' }).waitFor()
  await expect.poll(() => page.getByRole('textbox', { name: 'Title' }).count()).toBe(0)
})

it('a microphone that gives nothing is told before the start, while it records, in the title and in the small window, although the tab sounds', async () => {
  const context = await scene.browserOf(ada)
  await context.addInitScript(() => {
    const { mediaDevices } = navigator
    if (!mediaDevices) return
    const soundOf = (gain: number) => {
      const audio = new AudioContext()
      const destination = audio.createMediaStreamDestination()
      const tone = new OscillatorNode(audio)
      tone.connect(new GainNode(audio, { gain })).connect(destination)
      tone.start()
      return destination.stream.getAudioTracks()
    }
    const display = mediaDevices.getDisplayMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async () => new MediaStream(soundOf(0))
    mediaDevices.getDisplayMedia = async (wish) => {
      const shared = (await display(wish)).getVideoTracks()
      for (const track of shared) track.getSettings = () => ({ displaySurface: 'browser' })
      return new MediaStream([...shared, ...soundOf(0.5)])
    }
  })
  const page = await context.newPage()
  const recorder = recorderOn(page)
  await recorder.open('Tab')
  await page.getByText('We hear nothing.').waitFor()
  await page.getByText('Speaker notes').click()
  await page.getByRole('textbox', { name: 'Speaker notes' }).fill('Thank the team')
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.says('We hear nothing.')
  await expect.poll(() => page.title()).toMatch(/^⚠ ● /)
  const opening = context.waitForEvent('page')
  await recorder.button('Small window').click()
  const small = await opening
  await small.getByText('We hear nothing.').waitFor()
  await small.getByRole('region', { name: 'Speaker notes' }).getByText('Thank the team').waitFor()
  await recorder.stop.click()
  await recorder.isDone()
})
