import type { Page } from 'playwright-core'

/** `heard` is what the workers of the page have told it, each with its second, oldest first. */
type Stopwatch = { ms: number; since: number | null; heard: string[] }
type Watched = { recordedTime: Stopwatch }

/**
 * Runs in the page: counts what has been recorded, from the picture that the encoder says it began with, else from the first sight of the
 * recorder's clock, to the press on Stop, without pauses. Made to be injected, so it uses nothing from outside.
 */
export function watchRecordedTime() {
  const watch: Stopwatch = { ms: 0, since: null, heard: [] }
  Object.assign(globalThis, { recordedTime: watch })
  let isBegun = false
  function begin(already = 0) {
    if (!isBegun) watch.since = performance.now() - already
    isBegun = true
  }
  const Own = globalThis.Worker
  globalThis.Worker = class extends Own {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args)
      this.addEventListener('message', ({ data }) => {
        if (data?.type === 'started') begin(data.recordedMs)
        const { type, segment, problem, order, failure } = data ?? {}
        const told = order ? ['disk', order, failure] : [type, segment?.number, segment?.draft && 'draft', problem]
        const at = ((performance.now() - (watch.since ?? performance.now())) / 1000).toFixed(1)
        if (order || type) watch.heard.push(`${at} ${told.filter((each) => each ?? false).join(' ')}`)
      })
    }
  }
  new MutationObserver(() => {
    if (document.querySelector('[role="timer"]')) begin()
  }).observe(document, { subtree: true, childList: true })
  addEventListener(
    'click',
    ({ target }) => {
      const name = (target as Element).closest('button')?.textContent?.trim() ?? ''
      if (/^Resume/.test(name)) watch.since ??= performance.now()
      if (!/^(Pause|Stop)/.test(name) || watch.since === null) return
      watch.ms += performance.now() - watch.since
      watch.since = null
    },
    true,
  )
}

/** What has been recorded by now, in ms. */
export const recordedMs = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { ms, since } = (globalThis as unknown as Watched).recordedTime
    return since === null ? ms : ms + performance.now() - since
  })

/** What counts is the moment at which it ends, not when a busy page came to answer: both clocks are this machine's. */
const recordedBy = (page: Page): Promise<(at: number) => number> =>
  page
    .evaluate(() => {
      const { ms, since } = (globalThis as unknown as Watched).recordedTime
      return { ms, startedAt: since === null ? null : performance.timeOrigin + since }
    })
    .then(
      ({ ms, startedAt }) =>
        (at) =>
          ms + (startedAt === null ? 0 : at - startedAt),
    )

/** Does what ends the recording, and says how much had been recorded until then, in ms. */
export async function recordedUntil(page: Page, end: () => Promise<unknown>): Promise<number> {
  const recorded = await recordedBy(page)
  const endedAt = performance.timeOrigin + performance.now()
  await end()
  return recorded(endedAt)
}

/** What the page shows and what its workers told it, in one line: for whoever wonders where a recording was lost. */
export const traceOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { heard } = (globalThis as unknown as Watched).recordedTime
    return `${document.querySelector('main')?.textContent.replaceAll(/\s+/g, ' ')} | ${heard.join(', ')}`
  })

/** Resolves when so much has been recorded. */
export const hasRecorded = (page: Page, ms: number) =>
  page.waitForFunction((wanted) => {
    const { ms, since } = (globalThis as unknown as Watched).recordedTime
    return (since === null ? ms : ms + performance.now() - since) >= wanted
  }, ms)
