import { expect, test } from 'vitest'
import { type Watched, watchedPicture, watchedSound } from './watched.ts'

const watched = (changed: Partial<Watched>): Watched => ({
  width: 1280,
  height: 720,
  cuts: [],
  kept: [{ fromMs: 0, toMs: 10_000, standingMs: 0 }],
  bubble: null,
  soundStartMs: 0,
  ...changed,
})
const cut = watched({
  cuts: [[2_000, 4_500]],
  kept: [
    { fromMs: 0, toMs: 2_000, standingMs: 0 },
    { fromMs: 4_500, toMs: 10_000, standingMs: 4_400 },
  ],
})

test('a recording that nobody edited is only spared frames that come too fast', () => {
  expect(watchedPicture(watched({}))).toMatch(/^\[0:v:0\]settb=AVTB,select='[^']*prev_selected_t[^']*'$/)
})

test('the frame that stands at the end of a cut is kept, and comes where the cut was', () => {
  const filter = watchedPicture(cut)
  expect(filter).toContain("select='gte(t,-0.001)*lt(t,2.000)+gte(t,4.399)*lt(t,9.999)'")
  expect(filter).toContain("setpts='(T-min(max(T-2.000,0),2.500))/TB'")
})

test('sound is cut where it was said, and what follows is put behind it', () => {
  expect(watchedSound(cut)).toMatch(
    /asplit=2.*atrim=start=0\.000:end=2\.000,.*atrim=start=4\.500:end=10\.000,.*concat=n=2:v=0:a=1$/,
  )
})

test('one range needs nothing to be joined; sound that began late has silence before it', () => {
  const trimmed = watched({ cuts: [[0, 3_000]], kept: [{ fromMs: 3_000, toMs: 10_000, standingMs: 3_000 }], soundStartMs: 250 })
  expect(watchedSound(trimmed)).toMatch(/adelay=delays=250\.000:all=1,atrim=start=3\.000:end=10\.000,asetpts=PTS-STARTPTS$/)
})

test.each([
  { shape: 'round', corner: 'abs(X-63.5)-0,' },
  { shape: 'rounded', corner: 'abs(X-63.5)-40.96,' },
] as const)('a $shape bubble', ({ shape, corner }) => {
  const filter = watchedPicture(watched({ bubble: { shape, x: 10, y: 20, side: 128 } }))
  expect(filter).toContain(corner)
  expect(filter).toContain('scale=128:128')
  expect(filter).toMatch(/overlay=10:20:eof_action=pass:format=yuv420$/)
})
