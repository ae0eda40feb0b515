import { recorderOn } from '../../e2e/recorder.ts'
import type { House } from '../house.ts'
import { recordedMs, traceOf } from '../stopwatch.ts'
import { completed, recordings, type Stored } from '../stored.ts'
import type { End, Fault, Scene } from './faults.ts'
import type { Random } from './random.ts'

export type Run = {
  fault: Fault
  /** What had been recorded when the fault ended it, or when it was stopped, in ms. */
  recordedMs: number
  /** The shorter of what the server measured and what ffprobe reads, in ms. */
  storedMs: number
  lostMs: number
  /** Why this run fails, whatever was lost; empty when it does not. */
  faulty: string
}

/** A stored recording may not be longer than what was recorded: that would be bytes of something else, or twice the same. */
const surplusMs = 700

/** Records, strikes at a moment of chance, comes back as a person would, and measures what is missing. */
export async function runFault(house: House, fault: Fault, random: Random): Promise<Run> {
  const before = await recordings(house)
  const profile = house.newProfile()
  const browser = await house.browser(profile)
  const scene = { house, browser, page: await browser.page(), random }
  await recorderOn(scene.page, house.origin).start()
  await scene.page.waitForTimeout(random.between(3000, 7000))
  const trace = await traceOf(scene.page)
  const end = await fault.strike(scene)
  const recorded = end ? end.recordedMs : await stop(scene)
  const back = end ? await comeBack(scene, end, profile) : browser
  const result = await completed(house, before).catch((error: Error) => error)
  await back.kill()
  await browser.kill()
  const run = result instanceof Error ? nothing(fault, recorded, result) : judged(fault, recorded, result)
  return run.faulty ? { ...run, faulty: `${run.faulty}; before the fault: ${trace}` } : run
}

async function stop({ page, random }: Scene): Promise<number> {
  await page.waitForTimeout(random.between(500, 2500))
  await page.getByRole('button', { name: 'Stop recording' }).click()
  return recordedMs(page)
}

/** Nobody does more than opening the site again. */
async function comeBack({ house, browser }: Scene, { gone }: End, profile: string) {
  const back = gone === 'browser' ? await house.browser(profile) : browser
  await (await back.page()).goto(house.origin)
  return back
}

const nothing = (fault: Fault, recordedMs: number, { message }: Error): Run => ({
  fault,
  recordedMs,
  storedMs: 0,
  lostMs: recordedMs,
  faulty: message,
})

function judged(fault: Fault, recordedMs: number, { storedMs: measuredMs, probedMs, complaints }: Stored): Run {
  const storedMs = Math.min(measuredMs, probedMs)
  const lostMs = recordedMs - storedMs
  const tooLong = -lostMs > surplusMs ? `${Math.round(-lostMs)} ms more are stored than were recorded` : ''
  const tooShort = lostMs > fault.barMs ? `${Math.round(lostMs)} ms are lost` : ''
  return { fault, recordedMs, storedMs, lostMs, faulty: complaints || tooLong || tooShort }
}
