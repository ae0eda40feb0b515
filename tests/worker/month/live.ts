import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Db } from '@meanwhile/shared/db/client'
import type { QueueHome } from '@meanwhile/shared/platform/queue'
import { sendDigests } from '@meanwhile/worker/delivery/send-digests'
import { keepRounds } from '@meanwhile/worker/rounds/keep-rounds'
import { afterAll } from 'vitest'
import { site } from './site.ts'
import { end, hour, start } from './team.ts'

const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url))
const minute = 60_000

/** What the world does until a time. */
type World = (now: Date) => Promise<void>

/** The same month in every run that fails: chance is made of this. */
export const seed = Number(process.env.MONTH_SEED ?? Date.now() % 1_000_000)
export function chance() {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

function crew(home: QueueHome) {
  const alive = new Set<ChildProcess>()
  /** Until when the rounds were kept, and until when the digests were sent, by whomever. */
  const heard = { rounds: '', digests: '' }
  let time = start
  async function hire() {
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      env: { ...process.env, DATABASE_URL: home.DATABASE_URL, REDIS_URL: home.REDIS_URL },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    await once(child, 'message')
    child.on('message', ({ what, at }: { what: 'rounds' | 'digests'; at: string }) => {
      if (at > heard[what]) heard[what] = at
    })
    alive.add(child)
    child.send(time.toISOString())
  }
  async function kill(child = [...alive][0]) {
    if (!child) return
    alive.delete(child)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return {
    hire,
    kill,
    killAll: async () => {
      for (const child of [...alive]) await kill(child)
    },
    /** It is a later time; resolves when somebody has looked at the rounds since, and at what there is to deliver. */
    async setTime(now: Date) {
      time = now
      for (const child of alive) child.send(now.toISOString())
      for (let waited = 0; Object.values(heard).some((at) => at < now.toISOString()); waited += 4) {
        if (waited > 40_000) throw new Error(`nobody looked at ${now.toISOString()} (seed ${seed})`)
        await sleep(4)
      }
    },
  }
}

/** A month in leaps of two to six hours, with killed workers in it, and two days without any. @returns the times that it was, in order */
export async function liveThroughIt(home: QueueHome, world: World): Promise<Date[]> {
  const random = chance()
  const { hire, kill, killAll, setTime } = crew(home)
  afterAll(killAll)
  let now = start
  let kills = 0
  let hadPowerCut = false
  const times = [now]
  await Promise.all([hire(), hire()])
  await setTime(now)
  while (now < end) {
    const isPowerCut = !hadPowerCut && now > new Date('2026-03-17T14:00:00Z')
    now = new Date(now.getTime() + (isPowerCut ? 45 * hour : (120 + Math.floor(random() * 240)) * minute))
    times.push(now)
    await world(now)
    if (isPowerCut) {
      hadPowerCut = true
      await killAll()
      await Promise.all([hire(), hire()])
    } else if (kills < 6 && random() < 0.05) {
      kills++
      // In the midst of what they do at the new time.
      const done = setTime(now)
      await sleep(random() * 30)
      await Promise.all([kill(), hire()])
      await done
      continue
    }
    await setTime(now)
  }
  await killAll()
  return times
}

/** The same month without a queue: two workers at once, each as often as the other. */
export async function liveThroughItTogether(db: Db, world: World): Promise<Date[]> {
  const random = chance()
  const times = [start]
  for (let now = start; now < end; ) {
    const isPowerCut = now > new Date('2026-03-17T14:00:00Z') && now < new Date('2026-03-18T00:00:00Z')
    now = new Date(now.getTime() + (isPowerCut ? 45 * hour : (60 + Math.floor(random() * 120)) * minute))
    times.push(now)
    await world(now)
    await Promise.all([keepRounds(db, now, site), keepRounds(db, now, site)])
    await Promise.all([sendDigests(db, site, now), sendDigests(db, site, now)])
  }
  return times
}
