import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPage } from '@meanwhile/infra/build-page'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach } from 'vitest'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import type { Studio, Taken } from './studio/studio.ts'

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }
type Here = typeof globalThis & { studio: Studio }
export type Wishes = Parameters<Studio['record']>[0]

/** The encoder alone, in a page that flashes and beeps. */
export async function startStudio() {
  const folder = await mkdtemp(join(tmpdir(), 'studio-'))
  let browser: Browser | undefined
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://here').pathname
    readFile(join(folder, path === '/' ? 'index.html' : path)).then(
      (bytes) => response.setHeader('content-type', types[extname(path)] ?? 'text/html').end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
  })
  afterAll(async () => {
    await browser?.close()
    server.close()
    await rm(folder, { recursive: true, force: true })
  })
  await buildPage(fileURLToPath(new URL('studio', import.meta.url)), folder)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`

  return {
    /** A page that is ready to record. `prepare` runs before anything of the page does. */
    async open(prepare: () => void = () => undefined): Promise<Page> {
      browser ??= await chromium.launch({
        executablePath: chromiumPath,
        args: [...chromiumFlags, '--autoplay-policy=no-user-gesture-required'],
      })
      const page = await browser.newPage()
      await page.addInitScript(prepare)
      await page.goto(origin)
      await page.waitForFunction(() => 'studio' in globalThis)
      return page
    },
    /** Starts to record; resolves when the first picture is in. */
    start: (page: Page, wishes: Wishes = {}) =>
      page.evaluate((what) => {
        const { studio } = globalThis as Here
        studio.running = studio.record(what)
        return studio.running.start()
      }, wishes),
    /** Calls back in the page with what is recording there. */
    during: <T>(page: Page, act: (running: NonNullable<Studio['running']>) => T) =>
      page.evaluate(`(${act})(studio.running)`) as Promise<T>,
    /** The segments so far, without their bytes. */
    taken: (page: Page): Promise<Omit<Taken, 'base64'>[]> =>
      page.evaluate(() => (globalThis as Here).studio.running!.taken.map(({ base64: _, ...facts }) => facts)),
    /** The worker in which it is encoded. */
    encoderOf(page: Page) {
      const worker = page.workers().find((each) => each.url().includes('encoder.worker'))
      if (!worker) throw new Error('nothing is encoded in a worker')
      return worker
    },
    async stop(page: Page) {
      const { taken, troubles, recordedMs } = await page.evaluate(() => (globalThis as Here).studio.running!.stop())
      await page.close()
      return { taken, troubles, recordedMs, file: (track: string) => fileOf(folder, taken, track) }
    },
  }
}

/** The segments of a track one after the other: a file that ffmpeg reads, as long as it was not coded anew. */
async function fileOf(folder: string, taken: Taken[], track: string): Promise<string> {
  const path = join(folder, `${track}-${Math.random().toString(36).slice(2)}.mp4`)
  const bytes = taken.filter((segment) => segment.track === track).map(({ base64 }) => Buffer.from(base64, 'base64'))
  await writeFile(path, Buffer.concat(bytes))
  return path
}
