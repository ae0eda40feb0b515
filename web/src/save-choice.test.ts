import type { Me } from '@meanwhile/shared/contract/auth'
import { beforeEach, expect, test, vi } from 'vitest'
import { saveChoice } from './save-choice.ts'
import { toasts } from './ui/toast.svelte.ts'

type Choice = Parameters<typeof saveChoice>[1]

let me: Me | null
let asked: { body: unknown; answer: (ok: boolean) => void }[]

beforeEach(() => {
  const workspace = { id: 'w', name: 'W' }
  // Somebody else for each test.
  const id = crypto.randomUUID()
  const playback = { rate: null, skipSilences: null, captions: null }
  me = { id, name: 'Ada', picture: null, email: '', role: 'member', workspace, rate: 1, playback, appearance: 'system' }
  asked = []
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    return new Promise((resolve, reject) => {
      const answer = (ok: boolean) => (ok ? resolve(Response.json({})) : reject(new Error('no network')))
      asked.push({ body: JSON.parse(body).playback, answer })
    })
  })
})

/** As the session does: it counts before it is saved. */
function choose(choice: Choice) {
  const before = me!
  me = { ...before, playback: { ...before.playback, ...choice } }
  return saveChoice(before, choice, () => me)
}
const isAsked = (count: number) => vi.waitFor(() => expect(asked.length).toBe(count))

test('what is chosen while another choice is on its way is sent after it, together and only as it counts by then', async () => {
  const first = choose({ rate: 1.2 })
  await isAsked(1)
  const others = [choose({ rate: 1.5 }), choose({ skipSilences: true }), choose({ rate: 1.7 })]
  expect(asked.length).toBe(1)
  asked[0]?.answer(true)
  await isAsked(2)
  asked[1]?.answer(true)
  await Promise.all([first, ...others])
  expect(asked.map(({ body }) => body)).toEqual([{ rate: 1.2 }, { rate: 1.7, skipSilences: true }])
})

test('what is chosen already is not sent again', async () => {
  const first = choose({ rate: 3 })
  await isAsked(1)
  asked[0]?.answer(true)
  await first
  await choose({ rate: 3 })
  expect(asked.length).toBe(1)
})

test('what could not be saved is said, and goes along with the next choice unless that takes its place', async () => {
  const lost = choose({ rate: 2, captions: true })
  await isAsked(1)
  asked[0]?.answer(false)
  await lost
  expect(toasts.all.at(-1)?.text).toMatch('could not be saved')
  const next = choose({ captions: false })
  await isAsked(2)
  asked[1]?.answer(true)
  await next
  expect(asked[1]?.body).toEqual({ rate: 2, captions: false })
})

test('who is signed out meanwhile has nothing to save, and leaves nothing to the next', async () => {
  const first = choose({ rate: 2 })
  await isAsked(1)
  const second = choose({ captions: true })
  const ada = me!
  me = null
  asked[0]?.answer(false)
  await Promise.all([first, second])
  expect(asked.length).toBe(1)
  me = { ...ada, id: 'ben', playback: { rate: null, skipSilences: null, captions: null } }
  const third = choose({ skipSilences: true })
  await isAsked(2)
  asked[1]?.answer(true)
  await third
  expect(asked[1]?.body).toEqual({ skipSilences: true })
})
