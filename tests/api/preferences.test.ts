import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { as, given } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
type Someone = typeof ada

const patch = (person: Someone, url: string, payload: object) => as(person).inject({ method: 'PATCH', url, payload })
const choose = (person: Someone, payload: object) => patch(person, '/api/me/preferences', payload)
const read = async (person: Someone) => (await as(person).inject({ url: '/api/me/preferences' })).json()
const nothing = { rate: null, skipSilences: null, captions: null }

test('who chose nothing has no choices, and what is chosen is kept until it is taken back', async () => {
  expect(await read(ben)).toEqual({
    playback: nothing,
    suggested: nothing,
    shortcuts: true,
    pauseOnTyping: true,
    appearance: 'system',
    pairing: true,
  })
  await choose(ben, { playback: { rate: 1.7, captions: false }, shortcuts: false })
  const both = await choose(ben, { suggested: { skipSilences: true }, pauseOnTyping: false, appearance: 'dark' })
  expect(both.json()).toEqual({
    playback: { rate: 1.7, skipSilences: null, captions: false },
    suggested: { rate: null, skipSilences: true, captions: null },
    shortcuts: false,
    pauseOnTyping: false,
    appearance: 'dark',
    pairing: true,
  })
  expect((await as(ben).inject({ url: '/api/me' })).json().appearance).toBe('dark')
  await choose(ben, {
    playback: { captions: null, rate: null },
    suggested: { skipSilences: null },
    shortcuts: true,
    pauseOnTyping: true,
    appearance: 'system',
  })
  expect(await read(ben)).toEqual({
    playback: nothing,
    suggested: nothing,
    shortcuts: true,
    pauseOnTyping: true,
    appearance: 'system',
    pairing: true,
  })
})

test('how an update plays: as the viewer chose, else as the author suggests, else as the workspace says', async () => {
  const { id } = await given.update(ada)
  const playback = async () => (await as(ben).inject({ url: `/api/updates/${id}` })).json().playback
  expect(await playback()).toEqual({ rate: 1, skipSilences: false, captions: null })
  await patch(ada, '/api/workspace', { playback: { rate: 1.2, skipSilences: true, captions: true } })
  expect(await playback()).toEqual({ rate: 1.2, skipSilences: true, captions: true })
  expect((await as(ben).inject({ url: '/api/me' })).json().rate).toBe(1.2)
  await choose(ada, { suggested: { rate: 1.5, skipSilences: false } })
  expect(await playback()).toEqual({ rate: 1.5, skipSilences: false, captions: true })
  await choose(ben, { playback: { rate: 2, captions: false } })
  expect(await playback()).toEqual({ rate: 2, skipSilences: false, captions: false })
  // Who watches knows what of it they chose themselves.
  const own = (await as(ben).inject({ url: '/api/me' })).json().playback
  expect(own).toEqual({ rate: 2, skipSilences: null, captions: false })
})

test('a speed that is chosen while watching, or in the settings, is the same choice', async () => {
  const { id } = await given.update(ada)
  await as(ben).inject({ method: 'PUT', url: `/api/updates/${id}/view`, payload: { ranges: [], rate: 2.5 } })
  expect((await read(ben)).playback.rate).toBe(2.5)
  await patch(ben, '/api/me', { rate: 1 })
  expect((await read(ben)).playback.rate).toBe(1)
  expect((await as(ben).inject({ url: `/api/updates/${id}` })).json().playback.rate).toBe(1)
})

test('a member reads the settings of the workspace, an admin changes them', async () => {
  const settings = (await as(ben).inject({ url: '/api/workspace' })).json()
  expect(settings).toMatchObject({ name: "Ada's workspace", playback: { rate: 1.2, skipSilences: true, captions: true } })
  expect((await patch(ben, '/api/workspace', { playback: { rate: 3 } })).statusCode).toBe(403)
  const changed = await patch(ada, '/api/workspace', { playback: { rate: null } })
  expect(changed.json().playback).toEqual({ rate: null, skipSilences: true, captions: true })
})

test.each([
  ['a speed that the player does not have', { playback: { rate: 1.3 } }],
  ['a text for a switch', { shortcuts: 'off' }],
  ['null for a switch', { pauseOnTyping: null }],
  ['an appearance that there is none of', { appearance: 'sepia' }],
  ['a list', []],
])('%s is refused with 400', async (_what, payload) => {
  expect((await choose(ben, payload)).json()).toMatchObject({ status: 400, type: '/problems/invalid-request' })
})
