import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { storageOf } from '../browser-storage.fake.ts'
import { AnswerDraft, type Begun, saysSomething } from './answer-draft.ts'

const kept = new Map<string, string>()
const nothing: Begun = { texts: {}, numbers: {}, isBlocked: false }

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', storageOf(kept))
})
afterEach(() => vi.unstubAllGlobals())

test('what is begun is kept for its round and its writer alone, until it is sent', () => {
  const begun = { texts: { done: 'The player' }, numbers: { mood: 4 }, isBlocked: true }
  const draft = new AnswerDraft('ada', 'r1')
  draft.keep(begun)
  expect(new AnswerDraft('ada', 'r1').read()).toEqual(begun)
  expect(new AnswerDraft('ada', 'r2').read()).toBeNull()
  expect(new AnswerDraft('ben', 'r1').read()).toBeNull()
  draft.keep(null)
  expect(kept.size).toBe(0)
})

test('of many the oldest are forgotten, and what cannot be read is none', () => {
  for (let index = 0; index < 30; index++) new AnswerDraft('ada', `r${index}`).keep(nothing)
  expect(new AnswerDraft('ada', 'r0').read()).toBeNull()
  expect(new AnswerDraft('ada', 'r29').read()).toEqual(nothing)
  kept.set('meanwhile.answers.ada', '{')
  expect(new AnswerDraft('ada', 'r29').read()).toBeNull()
})

test('spaces and numbers that were taken back are nothing to send', () => {
  expect(saysSomething({ texts: { done: '  ' }, numbers: { mood: undefined }, isBlocked: false })).toBe(false)
  expect(saysSomething({ ...nothing, numbers: { mood: 0 } })).toBe(true)
  expect(saysSomething({ ...nothing, texts: { done: 'x' } })).toBe(true)
  expect(saysSomething({ ...nothing, isBlocked: true })).toBe(true)
})
