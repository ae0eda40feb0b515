import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { residentBytes } from './api-process.ts'
import { chromiumFlags, chromiumPath } from './chromium.ts'

type Options = { profile: string; origin: string; cookies: { name: string; value: string }[]; flags?: string[] }

/**
 * A real Chromium with a profile on disk, and nothing between it and the signals of the system: it can be killed, and its successor finds
 * what it left. Timers of hidden pages are held back as at home.
 */
export async function openPersistentBrowser({ profile, origin, cookies, flags = [] }: Options) {
  const args = [...chromiumFlags, ...flags, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  const child = spawn(chromiumPath, [...args, '--no-first-run', '--window-size=1280,800', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const endWithTests = () => child.kill('SIGKILL')
  process.once('exit', endWithTests)
  child.once('exit', () => process.off('exit', endWithTests))
  const address = await devToolsOf(child)
  let browser = await chromium.connectOverCDP(address)
  const context = browser.contexts()[0] as BrowserContext
  await context.grantPermissions(['camera', 'microphone', 'clipboard-read', 'clipboard-write'], { origin })
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: origin })))

  async function end(act: () => unknown) {
    if (child.exitCode !== null || child.signalCode !== null) return
    // Its output closes when the last process that it started is gone too: they hold locks of the profile.
    const gone = once(child, 'close')
    await act()
    await gone
  }
  let devTools = await browser.newBrowserCDPSession()

  async function renderers(): Promise<number[]> {
    const { processInfo } = await devTools.send('SystemInfo.getProcessInfo')
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  }
  return {
    context,
    /** The processes of its pages. */
    renderers,
    /** What the largest of its pages has in memory. */
    async rendererBytes() {
      return Math.max(...(await Promise.all((await renderers()).map(residentBytes))))
    },
    page: (): Promise<Page> => context.newPage(),
    /**
     * Lets go of it for a time, and resolves with the page that was at a path by then: pages that a driver holds believe that they are looked
     * at. What was known of its pages before is of no use any more.
     */
    async leftAlone(ms: number, path: string): Promise<Page> {
      await browser.close()
      await sleep(ms)
      browser = await chromium.connectOverCDP(address)
      devTools = await browser.newBrowserCDPSession()
      const page = browser
        .contexts()[0]
        ?.pages()
        .find((each) => new URL(each.url()).pathname === path)
      if (!page) throw new Error(`no page is at ${path}`)
      return page
    },
    /** SIGKILL to the process of the browser; its renderers go with it. */
    kill: () => end(() => child.kill('SIGKILL')),
    close: () => end(() => devTools.send('Browser.close').catch(() => undefined)),
  }
}
export type PersistentBrowser = Awaited<ReturnType<typeof openPersistentBrowser>>

/** Its output goes on being read: a full pipe would hold it up. */
function devToolsOf(child: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      said += chunk
      const [, url] = /DevTools listening on (ws:\S+)/.exec(said) ?? []
      if (url) resolve(url)
    })
    child.once('error', reject).once('close', () => reject(new Error(`Chromium ended: ${said}`)))
  })
}
