import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { cameraOn } from './camera-on.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const main = await cutRecording({ ms: 4000, repeat: 8, size: '640x360' })
const face = await cutRecording({ ms: 4000, repeat: 8, size: '320x240', sound: false })

const it = test.skipIf(!hasChromium)

async function watch(path: string, person = ben) {
  const page = await scene.pageOf(person)
  const player = playerOn(page)
  await player.open(path)
  const camera = cameraOn(page)
  return { page, player, camera }
}

it('the camera lies over the screen in step with it, at 1× and 1.5×, after a pause and after a seek', async () => {
  const { id } = await given.recording(ada, main, 'Both', face)
  const { page, player, camera } = await watch(`/u/${id}?t=0`)
  await camera.handle.waitFor()
  expect(await camera.read(({ muted }) => muted)).toBe(true)
  const isTogether = async () => {
    await camera.isInStep()
    const offsets = await camera.offsets(2500)
    expect(Math.max(...offsets.map(Math.abs)), `${offsets}`).toBeLessThan(80)
  }
  await player.play()
  await isTogether()
  await page.keyboard.press('>')
  await page.keyboard.press('>')
  expect(await player.rate()).toBe(1.5)
  await isTogether()

  await player.pause()
  await camera.isInStep(20)
  expect(await camera.read(({ paused }) => paused)).toBe(true)
  await player.play()
  await isTogether()
  await page.keyboard.press('1')
  await player.movesOn()
  await isTogether()

  await player.pause()
  await player.seek(21_340)
  await camera.isInStep(20)
})

it('where the camera has no picture it is not shown, and the screen does not wait for it', async () => {
  const short = await cutRecording({ ms: 4000, size: '320x240', sound: false })
  const { id } = await given.recording(ada, main, 'Camera lost', short)
  const { page, player, camera } = await watch(`/u/${id}?t=0`)
  await camera.handle.waitFor()
  await player.play()
  await page.keyboard.press('5')
  await camera.handle.waitFor({ state: 'detached' })
  await player.movesOn()
  expect(await camera.read(({ style }) => style.visibility)).toBe('hidden')
  await page.keyboard.press('0')
  await camera.handle.waitFor()
})

it('a viewer moves it by hand and by keys, makes it larger, swaps it with the screen and hides it', async () => {
  const { id } = await given.recording(ada, main, 'Moved', face)
  const drawing = { strokes: [{ points: [[0.25, 0.5] as const, [0.5, 0.5] as const], colour: '#e5484d', width: 0.006 }] }
  await scene.as(ada).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: '', atMs: 0, drawing } })
  const path = `/u/${id}?t=0`
  const { page, player, camera } = await watch(path)
  await camera.handle.waitFor()
  const boxOf = async () => (await camera.handle.boundingBox())!
  // Under the pointer the controls come up, and the camera makes room for them.
  await player.main.hover()
  let last = await boxOf()
  const rests = async () => {
    const previous = last
    last = await boxOf()
    return previous.x === last.x && previous.y === last.y
  }
  await expect.poll(rests, { interval: 300 }).toBe(true)
  const before = last

  const centre = { x: before.x + before.width / 2, y: before.y + before.height / 2 }
  await page.mouse.move(centre.x, centre.y)
  await page.mouse.down()
  await page.mouse.move(centre.x + 300, centre.y - 100, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => Math.round((await boxOf()).x - before.x)).toBe(300)
  expect(await player.isPaused()).toBe(true)

  await camera.handle.focus()
  const middle = await boxOf()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await boxOf()).y < middle.y && (await boxOf()).x < middle.x).toBe(true)
  await player.isAt(0)
  const moved = await boxOf()

  await camera.choose('Large')
  await expect.poll(async () => (await boxOf()).width).toBeGreaterThan(moved.width * 1.3)

  await camera.choose('Swap camera and screen')
  await page.getByRole('button', { name: 'Move the screen' }).waitFor()
  const [whole, small] = [(await camera.element.boundingBox())!, (await player.main.boundingBox())!]
  expect(whole.width).toBeGreaterThan(small.width * 2)
  await player.play()
  await player.pause()

  // What was drawn on the screen is not drawn on a face.
  const drawn = page.getByRole('img', { name: 'Drawing by Ada' })
  await page.keyboard.press('0')
  await player.isAt(0)
  await expect.poll(() => drawn.count()).toBe(0)
  await page.getByRole('button', { name: 'Show the drawing' }).click()
  await drawn.waitFor()
  await camera.handle.waitFor()
  await camera.choose('Swap camera and screen')
  await camera.choose('Swap back')
  await drawn.waitFor()

  await camera.choose('Hide camera')
  await camera.element.waitFor({ state: 'detached' })
  await page.reload()
  await player.isReady()
  await page.getByRole('button', { name: 'Camera', exact: true }).waitFor()
  await expect.poll(() => camera.element.count()).toBe(0)
  await camera.choose('Show camera')
  await camera.handle.waitFor()
  await expect.poll(async () => Math.abs((await boxOf()).y - moved.y)).toBeLessThan(moved.height)
  await camera.choose('Put it back')
  await expect.poll(async () => Math.round((await boxOf()).x)).toBe(Math.round(before.x))
})

it('the author places it for everybody, and can leave it out', async () => {
  const { id, videoId } = await given.recording(ada, main, 'Placed', face)
  const { page, camera } = await watch(`/u/${id}?t=0`, ada)
  await camera.handle.waitFor()
  const edit = async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Edit layout' }).click()
    return page.getByRole('region', { name: 'Camera layout' })
  }
  const panel = await edit()
  await panel.getByRole('radio', { name: 'Rounded square' }).check()
  await panel.getByRole('radio', { name: 'Large' }).check()
  await camera.handle.focus()
  for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight')
  await panel.getByRole('button', { name: 'Save' }).click()
  await panel.waitFor({ state: 'detached' })
  const { layout } = (await scene.as(ben).inject({ url: `/api/videos/${videoId}` })).json()
  expect(layout).toEqual({ shape: 'rounded', size: 'large', x: 1, y: 1 })

  const other = await watch(`/u/${id}?t=0`)
  await other.camera.handle.waitFor()
  const [box, stage] = [
    (await other.camera.handle.boundingBox())!,
    (await other.page.getByRole('region', { name: 'Player' }).boundingBox())!,
  ]
  expect(box.x + box.width).toBeGreaterThan(stage.x + stage.width * 0.95)

  await (await edit()).getByRole('radio', { name: 'Off' }).check()
  await panel.getByRole('button', { name: 'Save' }).click()
  await panel.waitFor({ state: 'detached' })
  await other.page.reload()
  await other.page.getByRole('button', { name: 'Camera', exact: true }).waitFor()
  await expect.poll(() => other.camera.element.count()).toBe(0)
})
