import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { text } from './studio/text.ts'
import { startStudio } from './studio.ts'

const run = promisify(execFile)
const tesseract = process.env.TESSERACT_PATH ?? '/usr/bin/tesseract'
const studio = await startStudio()
const it = test.skipIf(!hasChromium || !existsSync(tesseract))

/** As many as can be read in a few seconds. */
const lines = 8
const shown = Array.from({ length: lines }, (_, index) => text.slice(index * 7, index * 7 + 14)).flat()

/** How much of the page a reader makes out in a picture, 0 to 1: the words that are there of those that were written. */
async function legible(input: string, atSeconds = 0): Promise<number> {
  const image = `${input}.frame.png`
  const ffmpeg = process.env.FFMPEG_PATH || 'ffmpeg'
  // Readers of text expect letters of some thirty pixels. The caret is left out.
  const enlarged = ['-frames:v', '1', '-vf', `crop=iw-40:${22 * lines + 20}:0:0,scale=iw*3:ih*3:flags=lanczos`, image]
  await run(ffmpeg, ['-y', '-v', 'error', '-ss', String(atSeconds), '-i', input, ...enlarged])
  const { stdout } = await run(tesseract, [image, '-', '--psm', '6'], { env: { ...process.env, OMP_THREAD_LIMIT: '1' } })
  const read = new Map<string, number>()
  for (const word of stdout.toLowerCase().split(/[^a-z]+/)) read.set(word, (read.get(word) ?? 0) + 1)
  let found = 0
  for (const word of shown) {
    const left = read.get(word) ?? 0
    if (left > 0) found++
    read.set(word, left - 1)
  }
  return found / shown.length
}

it('a page of 12 px text is as legible in the recording as on the screen', async () => {
  const page = await studio.open()
  const pixels = (await page.evaluate(`studio.pageOfText.toDataURL('image/png')`)) as string
  await studio.start(page, { picture: 'text' })
  await page.waitForTimeout(2500)
  const { file } = await studio.stop(page)
  const recording = await file('main')
  const original = `${recording}.page.png`
  await writeFile(original, Buffer.from(pixels.split(',')[1] ?? '', 'base64'))
  const onScreen = await legible(original)
  expect(onScreen).toBeGreaterThan(0.9)
  expect(await legible(recording, 1.5)).toBeGreaterThan(onScreen - 0.03)
})
