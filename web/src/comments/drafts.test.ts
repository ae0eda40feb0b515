import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { storageOf } from '../browser-storage.fake.ts'
import { Pen } from '../recorder/pen/pen.svelte.ts'
import { Composing } from './composing.svelte.ts'
import { Drafts } from './drafts.ts'

const kept = new Map<string, string>()

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', storageOf(kept))
})
afterEach(() => vi.unstubAllGlobals())

const open = (updateId = 'u1', viewerId = 'ada') => {
  const pen = new Pen(() => {})
  return { pen, composing: new Composing(new Drafts(viewerId, updateId).at('new'), pen) }
}

test('what is written about each comment of an update is kept apart, for its writer alone', () => {
  const drafts = new Drafts('ada', 'u1')
  drafts.at('reply c1').keep({ text: 'Because' })
  drafts.at('edit c1').keep({ text: 'Firts' })
  expect(new Drafts('ada', 'u1').at('reply c1').read()).toEqual({ text: 'Because' })
  expect(drafts.at('edit c1').read()).toEqual({ text: 'Firts' })
  expect(drafts.at('reply c2').read()).toEqual({})
  expect(new Drafts('ada', 'u2').at('reply c1').read()).toEqual({})
  expect(new Drafts('ben', 'u1').at('reply c1').read()).toEqual({})
  drafts.at('reply c1').keep(null)
  expect(drafts.at('reply c1').read()).toEqual({})
  drafts.at('edit c1').keep(null)
  expect(kept.size).toBe(0)
})

test('of many drafts the oldest are forgotten, and what cannot be read is none', () => {
  for (let index = 0; index < 40; index++) new Drafts('ada', `u${index}`).at('new').keep({ text: `${index}` })
  expect(new Drafts('ada', 'u0').at('new').read()).toEqual({})
  expect(new Drafts('ada', 'u39').at('new').read()).toEqual({ text: '39' })
  kept.set('meanwhile.drafts.ada', '{')
  expect(new Drafts('ada', 'u39').at('new').read()).toEqual({})
})

test('a range, a type and a drawing are kept without a word; the wish to follow playback is not', () => {
  const first = open()
  first.composing.heldMs = 1000
  first.composing.keep()
  expect(kept.size).toBe(0)
  first.composing.endMs = 4000
  first.composing.type = 'question'
  first.pen.on = true
  first.pen.begin(0.123456, 0.5)
  first.pen.move(0.5, 0.5)
  first.composing.keep()
  const { composing, pen } = open()
  expect(composing).toMatchObject({ text: '', type: 'question', heldMs: 1000, endMs: 4000, isEmpty: false })
  expect(pen.strokes.map(({ points }) => points)).toEqual([
    [
      [0.1235, 0.5],
      [0.5, 0.5],
    ],
  ])
  expect(open('u2').composing).toMatchObject({ type: 'note', heldMs: null, isEmpty: true })
})

test('what is posted is forgotten; what is refused is there again, before what was written meanwhile', () => {
  const { composing, pen } = open()
  Object.assign(composing, { text: 'First ', heldMs: 2000 })
  pen.on = true
  pen.begin(0.5, 0.5)
  const content = composing.content(9000)
  expect(content).toMatchObject({ text: 'First', atMs: 2000, drawing: { strokes: [{ points: [[0.5, 0.5]] }] } })
  composing.clear()
  expect(kept.size).toBe(0)
  expect([composing.isEmpty, pen.strokes]).toEqual([true, []])
  composing.text = 'Second'
  composing.restore(content)
  expect(open().composing).toMatchObject({ text: 'First\nSecond', heldMs: 2000 })
  expect(pen.strokes).toHaveLength(1)
})

test('about the whole update nothing is drawn', () => {
  const { composing, pen } = open()
  pen.on = true
  pen.begin(0.5, 0.5)
  composing.isTimed = false
  expect(composing.content(9000)).toMatchObject({ atMs: null, endMs: null, drawing: null })
})

test('that it cannot wait, and why, is kept with what is written, sent with it, and there again after it was refused', () => {
  const { composing } = open()
  const ben = { id: 'ben', name: 'Ben', picture: null }
  composing.text = 'Look, @Ben'
  composing.named = [ben]
  composing.cannotWait = true
  composing.reason = ' a '
  expect(composing.lacksReason).toBe(true)
  composing.reason = 'It ends tonight'
  expect(composing.lacksReason).toBe(false)
  composing.keep()
  const again = open().composing
  expect(again.told).toEqual([ben])
  const content = again.content(null)
  expect(content.urgent).toBe('It ends tonight')
  again.clear()
  expect(again.cannotWait).toBe(false)
  again.restore(content)
  expect([again.cannotWait, again.reason]).toEqual([true, 'It ends tonight'])
  again.text = 'Look'
  expect(again.told).toEqual([])
  expect(again.content(null).urgent).toBeUndefined()
  again.type = 'question'
  again.owner = ben
  expect(again.told).toEqual([ben])
  again.type = 'note'
  expect(again.told).toEqual([])
})
