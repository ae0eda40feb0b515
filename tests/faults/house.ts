import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@meanwhile/infra/free-port'
import { startApiProcess } from '../support/api-process.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { openPersistentBrowser, type PersistentBrowser } from '../support/persistent-browser.ts'
import { watchRecordedTime } from './stopwatch.ts'

/** The site as it is at a customer's: the API a process of its own, a network that may break in front of it, one person with an account. */
export async function openHouse(databaseUrl: string) {
  const dataDir = await mkdtemp(join(tmpdir(), 'meanwhile-faults-'))
  const [port, apiPort] = [await freePort(), await freePort()]
  const origin = `http://localhost:${port}`
  const api = await startApiProcess({ databaseUrl, dataDir, port: apiPort, publicUrl: origin })
  const network = await startFaultProxy({ port, target: apiPort })
  const direct = `http://127.0.0.1:${apiPort}`
  const cookies = await signUp(direct)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const browsers: PersistentBrowser[] = []
  let profiles = 0

  /** Reads from the API past the network. */
  async function read(path: string) {
    const answer = await fetch(direct + path, { headers: { cookie } })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  return {
    origin,
    direct,
    dataDir,
    api,
    network,
    read,
    /** Where a browser keeps what it must not forget; a new one is another device. */
    newProfile: () => join(dataDir, `profile-${++profiles}`),
    /** A browser in which the person is signed in. */
    async browser(profile: string, flags: string[] = []) {
      const browser = await openPersistentBrowser({ profile, origin, cookies, flags })
      browsers.push(browser)
      // What compiled this file may have put calls of it into the function.
      await browser.context.addInitScript('globalThis.__name = (named) => named')
      await browser.context.addInitScript(watchRecordedTime)
      return browser
    },
    async close() {
      for (const browser of browsers) await browser.kill()
      await network.close()
      await api.kill()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
export type House = Awaited<ReturnType<typeof openHouse>>

async function signUp(origin: string) {
  const answer = await fetch(`${origin}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' }),
  })
  if (!answer.ok) throw new Error(`sign-up answered ${answer.status}`)
  return answer.headers.getSetCookie().map((line) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    return { name, value }
  })
}
