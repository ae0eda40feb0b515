import { freePort } from '@meanwhile/infra/free-port'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createViteServer } from 'vitest/node'
import { spoolPromises } from '../../web/src/recorder/spool/spool-store.conformance.ts'
import type { SpoolStore } from '../../web/src/recorder/spool/spool-store.ts'
import { chromiumFlags, chromiumPath, hasChromium } from '../support/chromium.ts'

const it = test.skipIf(!hasChromium)
const places = ['opfs', 'indexeddb'] as const
type Place = (typeof places)[number]

/** What the page below is given to work with. */
declare const recorder: { load(file: string): Promise<Record<string, unknown>>; open(place: string): Promise<SpoolStore> }

/** As text: what compiles this file would make imports of its own of these. */
const workbench = `globalThis.recorder = {
  load: (file) => import('/src/recorder/spool/' + file),
  open: async (place) =>
    place === 'opfs'
      ? (await recorder.load('spool-opfs.ts')).openOpfsStore()
      : (await recorder.load('spool-indexeddb.ts')).openIndexedDbStore(),
}`

/** The recorder's own modules, in a page that does nothing else. */
const port = await freePort()
const root = new URL('../../web', import.meta.url).pathname
const site = await createViteServer({ root, server: { port, strictPort: true }, logLevel: 'silent' })
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  if (!hasChromium) return
  await site.listen()
  browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags, '--js-flags=--expose-gc'] })
  context = await browser.newContext()
  await context.route('**/blank', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
  await context.addInitScript(workbench)
  page = await openPage()
})
afterAll(async () => {
  await browser?.close()
  await site.close()
})

async function openPage() {
  const opened = await context.newPage()
  await opened.goto(`http://localhost:${port}/blank`)
  return opened
}

const promises = places.flatMap((place) => Object.keys(spoolPromises).map((name) => [place, name] as const))

it.each(promises)('%s: %s', async (...promise) => {
  const broken = await page.evaluate(async ([place, name]) => {
    const { spoolPromises: each } = await recorder.load('spool-store.conformance.ts')
    const store = await recorder.open(place)
    return (each as typeof spoolPromises)[name]!(store).then(
      () => null,
      (error: unknown) => String(error),
    )
  }, promise)
  expect(broken).toBeNull()
})

const seen = (place: Place, spoolId: string) =>
  page.evaluate(
    async ([place, spoolId]) => {
      const store = await recorder.open(place)
      const body = await store.body(spoolId, 'main', 1)
      return { lines: (await store.lines(spoolId)).length, sizeBytes: body?.size }
    },
    [place, spoolId] as const,
  )

it.each(places)('%s: what was kept is there after its tab is gone, and another tab goes on with it', async (place) => {
  const writer = await openPage()
  const spoolId = await writer.evaluate(async (place) => {
    const store = await recorder.open(place)
    const spoolId = crypto.randomUUID()
    const segment = { track: 'main' as const, number: 1, sha256: '', sizeBytes: 700_000, durationMs: 2000 }
    await store.write(spoolId, { aliveAt: 1 })
    await store.append(spoolId, { segment }, new Uint8Array(700_000))
    return spoolId
  }, place)
  await writer.close()
  expect(await seen(place, spoolId)).toEqual({ lines: 2, sizeBytes: 700_000 })
  await page.evaluate(async ([place, spoolId]) => (await recorder.open(place)).write(spoolId, { aliveAt: 2 }), [
    place,
    spoolId,
  ] as const)
  expect(await seen(place, spoolId)).toEqual({ lines: 3, sizeBytes: 700_000 })
})

it('a disk keeps answering however often the browser collects its garbage', async () => {
  const opened = await openPage()
  await opened.evaluate(async () => {
    const store = await recorder.open('opfs')
    Object.assign(globalThis, { store, spoolId: crypto.randomUUID() })
  })
  for (const worker of opened.workers())
    await worker.evaluate(() => setInterval(() => (globalThis as unknown as { gc(): void }).gc(), 0))
  const kept = await opened.evaluate(async () => {
    const { store, spoolId } = globalThis as unknown as { store: SpoolStore; spoolId: string }
    const bytes = new Uint8Array(1000)
    for (let number = 0; number < 100; number++) {
      const segment = { track: 'main' as const, number, sha256: '', sizeBytes: bytes.byteLength, durationMs: 2000 }
      await store.append(spoolId, { segment }, bytes)
    }
    return (await store.lines(spoolId)).length
  })
  expect(kept).toBe(100)
  await opened.close()
})
