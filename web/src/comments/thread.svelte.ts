import type { Person } from '@meanwhile/shared/contract/auth'
import type {
  Comment,
  CommentChange,
  CommentDraft,
  CommentHistory,
  changeComment,
  createComment,
  deleteComment,
  findPeople,
  hideComment,
  listComments,
  readCommentHistory,
  reopenComment,
  resolveComment,
  showComment,
} from '@meanwhile/shared/contract/comments'
import type { readAllNotifications } from '@meanwhile/shared/contract/notifications'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { addCommentReaction, removeCommentReaction } from '@meanwhile/shared/contract/reactions'
import type { Emoji } from '@meanwhile/shared/media/emojis'
import { timeCode } from '@meanwhile/shared/media/time-code'
import { call, problemIn, type Wire } from '../api.ts'
import type { LiveMessage } from '../live.svelte.ts'
import { type Clock, watchOfRecorded } from '../player/clock.ts'
import { everything, type Filter, filterThreads } from './filter-threads.ts'
import { Moments } from './moments.svelte.ts'
import { type NewComment, previewOf, type ShownComment } from './preview.ts'
import { threadsOf } from './threads-of.ts'

export type { ShownComment } from './preview.ts'

const list = '/api/updates/:updateId/comments'
const one = '/api/comments/:commentId'
const resolution = '/api/comments/:commentId/resolution'
const hidden = '/api/comments/:commentId/hidden'

/** The comments of an update, as this page knows them. Methods answer null when it worked, else the problem to show. */
export class CommentThread {
  /** Undefined until the first answer. */
  comments = $state.raw<ShownComment[] | undefined>()
  /** Why the comments could not be read. */
  problem = $state.raw<Problem | null>(null)
  /** What arrived from others while the page was open, for people who listen. */
  news = $state.raw('')
  /** What of the comments is looked for. */
  filter = $state.raw<Filter>(everything)
  threads = $derived.by(() => filterThreads(threadsOf(this.comments ?? []), this.filter, this.viewer.id))
  count = $derived((this.comments ?? []).filter(({ deleted }) => !deleted).length)

  readonly viewer: Person
  /** What people felt at its moments. */
  readonly moments: Moments
  readonly #params: { updateId: string }
  readonly #clock: () => Clock
  #asked = 0

  /** `clock`: when recorded moments are watched. */
  constructor(updateId: string, viewer: Person, clock: () => Clock) {
    this.#params = { updateId }
    this.viewer = viewer
    this.moments = new Moments(updateId)
    this.#clock = clock
  }

  /** Follows what others do. */
  hear(message: LiveMessage): void {
    const { type } = message
    if ('updateId' in message && message.updateId !== this.#params.updateId) return
    if (type === 'reconnected' || type === 'comment') void this.load()
    if (type === 'reconnected' || type === 'reaction') void this.moments.load().catch(() => {})
  }

  /** Reads them again; of several readings at once the last one counts. */
  async load(): Promise<void> {
    const turn = ++this.#asked
    if (this.comments === undefined) void this.moments.load().catch(() => {})
    try {
      const comments = await this.#read()
      if (turn !== this.#asked) return
      this.#announce(comments)
      const stored = new Set(comments.map(({ id }) => id))
      this.comments = [...comments, ...(this.comments ?? []).filter(({ id, pending }) => pending && !stored.has(id))]
      this.problem = null
      if (document.visibilityState === 'visible') void this.#tellRead()
    } catch (error) {
      if (turn === this.#asked) this.problem = problemIn(error)
    }
  }

  /** Every page of them. */
  async #read(): Promise<Wire<typeof Comment>[]> {
    const comments: Wire<typeof Comment>[] = []
    for (let cursor: string | undefined, more = true; more; ) {
      const querystring = { limit: 200, cursor }
      const page = await call<typeof listComments>('GET', list, { params: this.#params, querystring })
      comments.push(...page.items)
      cursor = page.nextCursor ?? undefined
      more = page.nextCursor !== null
    }
    return comments
  }

  /** Who reads the comments need not be told of them any more. */
  async #tellRead() {
    const read = call<typeof readAllNotifications>('PUT', '/api/notifications/read', { body: this.#params })
    await read.catch(() => {})
  }

  find(commentId: string): ShownComment | undefined {
    return this.comments?.find(({ id }) => id === commentId)
  }

  /** Shows it at once; takes it back when it could not be stored. */
  async add({ owner = null, named = [], ...draft }: NewComment): Promise<Problem | null> {
    const id = crypto.randomUUID()
    const body: Wire<typeof CommentDraft> = {
      ...draft,
      id,
      ownerId: owner?.id ?? null,
      mentions: named.map(({ id: userId }) => userId),
    }
    const parent = draft.parentId ? this.find(draft.parentId) : undefined
    const shown = previewOf({ ...draft, owner, named }, { id, updateId: this.#params.updateId, author: this.viewer, parent })
    this.comments = [...(this.comments ?? []), shown]
    return attempt(async () => {
      try {
        this.#put(await call<typeof createComment>('POST', list, { params: this.#params, body }))
      } catch (error) {
        this.comments = this.comments?.filter((comment) => comment.id !== id)
        throw error
      }
      if (draft.supersedesId) await this.load()
    })
  }

  edit(commentId: string, body: CommentChange): Promise<Problem | null> {
    return attempt(async () => this.#put(await call<typeof changeComment>('PATCH', one, { params: { commentId }, body })))
  }

  remove(commentId: string): Promise<Problem | null> {
    return attempt(async () => {
      await call<typeof deleteComment>('DELETE', one, { params: { commentId } })
      await this.load()
    })
  }

  /** Says where it is answered or done: at a recorded moment, by another comment, or nowhere in particular. */
  resolve(commentId: string, body: { atMs: number | null; answerId: string | null }): Promise<Problem | null> {
    return attempt(async () => this.#put(await call<typeof resolveComment>('PUT', resolution, { params: { commentId }, body })))
  }

  reopen(commentId: string): Promise<Problem | null> {
    return attempt(async () => this.#put(await call<typeof reopenComment>('DELETE', resolution, { params: { commentId } })))
  }

  /** Answers with one press, or takes that back. */
  react(commentId: string, emoji: Emoji): Promise<Problem | null> {
    return attempt(async () => {
      const params = { commentId, emoji }
      const mine = this.find(commentId)?.reactions.some((count) => count.mine && count.emoji === emoji)
      const reactions = mine
        ? await call<typeof removeCommentReaction>('DELETE', '/api/comments/:commentId/reactions/:emoji', { params })
        : await call<typeof addCommentReaction>('PUT', '/api/comments/:commentId/reactions/:emoji', { params })
      const comment = this.find(commentId)
      if (comment) this.#put({ ...comment, reactions })
    })
  }

  /** Takes it out of sight of most people. */
  hide(commentId: string): Promise<Problem | null> {
    return attempt(async () => this.#put(await call<typeof hideComment>('PUT', hidden, { params: { commentId } })))
  }

  show(commentId: string): Promise<Problem | null> {
    return attempt(async () => this.#put(await call<typeof showComment>('DELETE', hidden, { params: { commentId } })))
  }

  /** What it said before, and who settled it. @throws {ApiError} */
  historyOf(commentId: string): Promise<Wire<typeof CommentHistory>> {
    return call<typeof readCommentHistory>('GET', '/api/comments/:commentId/history', { params: { commentId } })
  }

  /** Who can see the update, by the beginning of a name. @throws {ApiError} */
  findPeople(q: string): Promise<Person[]> {
    return call<typeof findPeople>('GET', '/api/updates/:updateId/people', { params: this.#params, querystring: { q } })
  }

  /** What the server answered counts, also against a list that was asked for before. */
  #put(stored: ShownComment) {
    this.#asked++
    const others = (this.comments ?? []).filter(({ id }) => id !== stored.id)
    this.comments = [...others, stored]
  }

  #announce(comments: ShownComment[]) {
    if (!this.comments) return
    const known = new Set(this.comments.map(({ id }) => id))
    const fresh = comments.filter(({ id, author }) => !known.has(id) && author.id !== this.viewer.id)
    const moment = (atMs: number | null) => (atMs === null ? '' : ` at ${timeCode(watchOfRecorded(this.#clock(), atMs))}`)
    const say = ({ author, atMs, text }: ShownComment) => `${author.name}${moment(atMs)}: ${text}`
    if (fresh.length > 0) this.news = fresh.map(say).join('. ')
  }
}

async function attempt(work: () => Promise<void>): Promise<Problem | null> {
  try {
    await work()
    return null
  } catch (error) {
    return problemIn(error)
  }
}
