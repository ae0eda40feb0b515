import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Page } from 'playwright-core'
import { type Cut, cutRecording } from '../../support/cut.ts'
import type { PersistentBrowser } from '../../support/persistent-browser.ts'
import type { House } from '../house.ts'
import { completed, recordings } from '../stored.ts'
import type { Fed, Outcome } from './page.ts'
import { serveSoakPage } from './serve-soak-page.ts'

/** Sizes in bytes. Each list is in the order of time. */
export type Soaked = {
  segments: number
  sentBytes: number
  tookSeconds: number
  /** What the page and its workers hold, after a garbage collection. */
  heldBytes: number[]
  /** What the system counts as the memory of the page's process and of the API's. */
  tabBytes: number[]
  apiBytes: number[]
  /** Segments whose stored bytes are not those that were recorded. */
  differing: string[]
  /** Why recording ended early; null when it did not. */
  refusal: string | null
  storedMs: number
  recordedMs: number
}
type Tracks = { main: Cut; camera: Cut }

/**
 * The page may hold the media that DESIGN allows and itself; a process may grow by what its heap lets lie before it cleans up, whatever
 * went through it. A playlist's lengths are rounded thousands of times in two hours.
 */
export const bounds = { heldBytes: 25_000_000, growthBytes: 100_000_000, lengthMs: 50 }

const takeMs = 20_000
const sampleEveryMs = 1000

type Options = {
  minutes: number
  /** Of the screen. */
  bitsPerSecond?: number
  mostAhead?: number
  /** Called when the page is open, and again when everything was recorded: makes it hard to send and easy again. */
  hinder?(page: Page, browser: PersistentBrowser): Promise<() => Promise<unknown>>
}

/** Sends a recording of so many minutes, a screen with sound and a camera, as fast as it goes. */
export async function soak(
  house: House,
  { minutes, bitsPerSecond = 2_000_000, mostAhead = 12, hinder }: Options,
): Promise<Soaked> {
  const tracks = await cutTracks(minutes, bitsPerSecond)
  await serveSoakPage(house.network, await mkdtemp(join(tmpdir(), 'meanwhile-soak-')), (track, number) =>
    tracks[track as keyof Tracks].file(number),
  )
  const before = await recordings(house)
  const browser = await house.browser(house.newProfile(), ['--enable-blink-features=ForceEagerMeasureMemory'])
  const page = await browser.page()
  await page.goto(`${house.origin}/soak/`)
  await page.waitForFunction(() => 'feed' in globalThis)
  const ease = await hinder?.(page, browser)
  const sampling = sample(
    () => browser.rendererBytes(),
    () => house.api.residentBytes(),
  )
  const startedAt = performance.now()
  const fed = { userId: (await house.read('/api/me')).id, title: `${minutes} minutes`, mostAhead, tracks: factsOf(tracks) }
  const feeding = page.evaluate((input) => (globalThis as unknown as { feed(input: Fed): Promise<Outcome> }).feed(input), fed)
  const recorded = page.waitForFunction(() => document.title === 'Recorded', null, { timeout: 0 })
  await Promise.race([recorded, feeding])
  await ease?.()
  const { heldBytes, kept, refusal } = await feeding
  const tookSeconds = (performance.now() - startedAt) / 1000
  const [tabBytes = [], apiBytes = []] = sampling.end()
  await browser.close()
  const { videoId, storedMs } = await completed(house, before)
  const compared = await compare(house, videoId, tracks, kept)
  return { ...compared, tookSeconds, heldBytes, tabBytes, apiBytes, refusal, storedMs, recordedMs: await lengthMs(tracks.main) }
}

async function cutTracks(minutes: number, bitsPerSecond: number): Promise<Tracks> {
  const repeat = Math.ceil((minutes * 60_000) / takeMs)
  return {
    main: await cutRecording({ ms: takeMs, repeat, size: '1280x720', bitsPerSecond }),
    camera: await cutRecording({ ms: takeMs, repeat, size: '640x360', bitsPerSecond: 600_000, sound: false }),
  }
}

/** As ffmpeg measured it: each repetition is a little longer than its picture, because packets of sound are whole. */
async function lengthMs({ playlist }: Cut): Promise<number> {
  const seconds = [...(await readFile(playlist, 'utf8')).matchAll(/#EXTINF:([\d.]+)/g)]
  return Math.round(seconds.reduce((sum, [, length]) => sum + Number(length) * 1000, 0))
}

const factsOf = (tracks: Tracks): Fed['tracks'] =>
  (['main', 'camera'] as const).map((name) => ({
    name,
    durationsMs: tracks[name].numbers.map((number) => tracks[name].durationMs(number)),
  }))

function sample(...sources: (() => Promise<number>)[]) {
  const samples: number[][] = sources.map(() => [])
  const take = () =>
    sources.forEach(
      (source, index) =>
        void source().then(
          (value) => samples[index]?.push(value),
          () => undefined,
        ),
    )
  const timer = setInterval(take, sampleEveryMs)
  return {
    end() {
      clearInterval(timer)
      return samples
    },
  }
}

async function compare(house: House, videoId: string, tracks: Tracks, kept: Outcome['kept']) {
  const differing: string[] = []
  let [sentBytes, segments] = [0, 0]
  for (const [track, cut] of Object.entries(tracks) as [keyof Tracks, Cut][]) {
    for (const number of cut.numbers.slice(0, kept[track])) {
      const recorded = await digest(cut.file(number))
      const stored = await digest(join(house.dataDir, 'media/objects', keys.segment(videoId, track, number)))
      sentBytes += recorded.sizeBytes
      segments++
      if (recorded.sha256 !== stored.sha256) differing.push(`${track} ${number}`)
    }
  }
  return { differing, sentBytes, segments }
}

async function digest(file: string) {
  const hash = createHash('sha256')
  const stream = createReadStream(file)
  await pipeline(stream, hash)
  return { sha256: hash.digest('hex'), sizeBytes: stream.bytesRead }
}

/** How much more it is at the end than at the beginning: between the middle values of the first and the last third. */
export function growth(samples: number[]): number {
  const third = Math.ceil(samples.length / 3)
  return middle(samples.slice(-third)) - middle(samples.slice(0, third))
}
const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
