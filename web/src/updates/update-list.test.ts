import type { Rate } from '@meanwhile/shared/media/rates'
import { expect, test } from 'vitest'
import { joinPages, type ListedUpdate, lengthText, seenShare, waitingText, waitsFor } from './update-list.ts'

const me = { id: 'me', playback: { rate: 1.5 as const } }
const undecided = { id: 'me', playback: { rate: null } }
const update = (id: string, change: Partial<ListedUpdate> = {}): ListedUpdate => ({
  id,
  url: `http://site/u/${id}`,
  title: id,
  body: '',
  author: { id: 'ada', name: 'Ada', picture: null },
  channel: null,
  createdAt: '2026-11-18T09:00:00.000Z',
  editedAt: null,
  publishedAt: '2026-11-18T09:01:00.000Z',
  videoId: `${id}-video`,
  video: { id: `${id}-video`, state: 'ready', durationMs: 60_000, progress: 1, poster: null, preview: null },
  commentCount: 0,
  openCount: 0,
  view: null,
  audience: null,
  playback: { rate: 1, skipSilences: false, captions: null },
  keptAt: null,
  expiresAt: null,
  canKeep: false,
  letIn: false,
  canEdit: false,
  canComment: true,
  kind: null,
  callChosenAt: null,
  pairingId: null,
  isApart: false,
  ...change,
})
const ids = (updates: ListedUpdate[]) => updates.map(({ id }) => id)

const lasting = (durationMs: number, rate: Rate = 1): Partial<ListedUpdate> => ({
  video: { id: 'v', state: 'ready', durationMs, progress: 1, poster: null, preview: null },
  playback: { rate, skipSilences: false, captions: null },
})

test.each([
  [1, '9:10'],
  [1.5, '9:10 · 6:06 at 1.5×'],
  [2, '9:10 · 4:35 at 2×'],
] as const)('at %j× a video of 9:10 takes %j, whoever chose that speed; what the viewer chose counts first', (rate, text) => {
  expect(lengthText(update('a', lasting(550_000, rate)), undecided)).toBe(text)
  expect(lengthText(update('a', lasting(550_000, 3)), { id: 'me', playback: { rate } })).toBe(text)
})

test('an update waits until it is opened, unless it is mine or a draft', () => {
  expect(waitsFor(update('a'), 'me')).toBe(true)
  expect(waitsFor(update('a'), 'ada')).toBe(false)
  expect(waitsFor(update('a', { publishedAt: null }), 'me')).toBe(false)
  expect(waitsFor(update('a', { view: { positionMs: 0, seen: [], rate: 1 } }), 'me')).toBe(false)
})

test('what waits is counted with its length at the own speed', () => {
  expect(waitingText([update('a'), update('b')], me, false)).toBe('2 new · 1:20 at 1.5×')
  expect(waitingText([update('a')], undecided, true)).toBe('1+ new · 1:00+')
  expect(waitingText([update('a', { video: null, videoId: null })], me, false)).toBe('1 new')
  expect(waitingText([], me, false)).toBe('')
  const fast = update('b', lasting(60_000, 2))
  expect(waitingText([update('a'), fast], me, false)).toBe('2 new · 1:20 at 1.5×')
  expect(waitingText([update('a'), fast], undecided, false)).toBe('2 new · 1:30 as they play')
})

test('reading the first page again keeps what was loaded below it', () => {
  const loaded = ['d', 'c', 'b', 'a'].map((id) => update(id))
  expect(
    ids(
      joinPages(
        ['e', 'd', 'c'].map((id) => update(id)),
        loaded,
        true,
      ),
    ),
  ).toEqual(['e', 'd', 'c', 'b', 'a'])
  expect(
    ids(
      joinPages(
        ['d', 'b'].map((id) => update(id)),
        loaded,
        true,
      ),
    ),
  ).toEqual(['d', 'b', 'a'])
  expect(ids(joinPages([update('d')], loaded, false))).toEqual(['d'])
  expect(ids(joinPages([update('z')], loaded, true))).toEqual(['z'])
})

test('the seen share follows the seen ranges', () => {
  const view = {
    positionMs: 0,
    rate: 1 as const,
    seen: [
      [0, 15_000],
      [30_000, 45_000],
    ] as [number, number][],
  }
  expect(seenShare(update('a', { view }))).toBe(0.5)
  expect(seenShare(update('a'))).toBe(0)
})
