import { ProblemError } from '@meanwhile/shared/contract/problem'
import { mostInReel, mostOfQuestion, type Reel, type ReelQuery } from '@meanwhile/shared/contract/reel'
import type { Db } from '@meanwhile/shared/db/client'
import { listeningMs } from '@meanwhile/shared/media/reel-time'
import { requireVisibleChannel } from '../channels/access.ts'
import { requireVisibleRound } from '../check-ins/access.ts'
import { questionText } from '../interviews/versions.ts'
import { resolvePlayback } from '../people/preferences.ts'
import { requireVisiblePosition } from '../positions/access.ts'
import { requireVisibleReel } from '../reels/access.ts'
import type { Viewer } from '../session.ts'
import type { Showing } from '../updates/queries.ts'
import { itemsOf } from './items.ts'
import { answering, answeringQuestion, listed, named, newFor, type Order } from './order.ts'

type Found = { title: string | null; order: Order[] }

function given<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new ProblemError('invalid-request', undefined, { errors: [{ field, message: 'is missing' }] })
  return value
}

/** @throws {ProblemError} `not-found` for a place that this viewer does not see, `invalid-request` where none is named */
async function find(db: Db, viewer: Viewer, query: ReelQuery, onlyUnseen: boolean): Promise<Found> {
  switch (query.from) {
    case 'unseen':
      return { title: null, order: await newFor(db, viewer, undefined, onlyUnseen) }
    case 'channel': {
      const channel = await requireVisibleChannel(db, given(query.channel, 'channel'), viewer)
      return { title: channel.name, order: await newFor(db, viewer, channel.id, onlyUnseen) }
    }
    case 'list': {
      const reel = await requireVisibleReel(db, given(query.list, 'list'), viewer)
      return { title: reel.title, order: await listed(db, viewer, reel.id, onlyUnseen) }
    }
    case 'round': {
      const { round, checkIn } = await requireVisibleRound(db, given(query.round, 'round'), viewer)
      return { title: checkIn.name, order: await answering(db, viewer, round, onlyUnseen) }
    }
    case 'question': {
      const { position } = await requireVisiblePosition(db, given(query.position, 'position'), viewer)
      const asked = { positionId: position.id, questionId: given(query.question, 'question') }
      return { title: await questionText(db, asked), order: await answeringQuestion(db, viewer, asked, onlyUnseen) }
    }
    case 'updates':
      return { title: null, order: await named(db, viewer, given(query.updates, 'updates'), onlyUnseen) }
  }
}

/** What is unseen is wanted from where new things come in; who opens a round, a list or what they were sent wants it whole. */
const wantsUnseen = ({ from, unseen }: ReelQuery): boolean => from === 'unseen' || (unseen ?? from === 'channel')

/** Updates that are played as one, for a viewer. @throws {ProblemError} `not-found`, `invalid-request` */
export async function reelFor(db: Db, showing: Showing & { viewer: Viewer }, query: ReelQuery): Promise<Reel> {
  const { viewer } = showing
  const onlyUnseen = wantsUnseen(query)
  const { title, order } = await find(db, viewer, query, onlyUnseen)
  const most = query.from === 'question' ? mostOfQuestion : mostInReel
  const items = await itemsOf(db, order.slice(0, most), showing, onlyUnseen)
  const playback = resolvePlayback([viewer.playback, {}, viewer.workspace.playback])
  return {
    from: query.from,
    title,
    items,
    left: Math.max(0, order.length - most),
    totals: {
      people: new Set(items.map(({ author }) => author.id)).size,
      durationMs: items.reduce((sum, { playMs }) => sum + playMs, 0),
      listenMs: listeningMs(items, playback),
    },
    playback,
  }
}
