import type { Person } from '@meanwhile/shared/contract/auth'
import type {
  Comment,
  CommentDraft,
  changeComment,
  createComment,
  deleteComment,
  listComments,
} from '@meanwhile/shared/contract/comments'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { timeCode } from '@meanwhile/shared/media/time-code'
import { call, problemIn, type Wire } from '../api.ts'
import { type Clock, watchOfRecorded } from '../player/clock.ts'
import { threadsOf } from './threads-of.ts'

/** `pending`: shown already, not yet stored. */
export type ShownComment = Wire<typeof Comment> & { pending?: true }
type Draft = Pick<CommentDraft, 'text'> & Partial<Pick<CommentDraft, 'atMs' | 'endMs' | 'parentId'>>

const list = '/api/updates/:updateId/comments'

/** The comments of an update, as this page knows them. Methods answer null when it worked, else the problem to show. */
export class CommentThread {
  /** Undefined until the first answer. */
  comments = $state.raw<ShownComment[] | undefined>()
  /** Why the comments could not be read. */
  problem = $state.raw<Problem | null>(null)
  /** What arrived from others while the page was open, for people who listen. */
  news = $state.raw('')
  threads = $derived(threadsOf(this.comments ?? []))
  count = $derived((this.comments ?? []).filter(({ deleted }) => !deleted).length)

  readonly #params: { updateId: string }
  readonly #viewer: Person
  readonly #clock: () => Clock
  #asked = 0

  /** `clock`: when recorded moments are watched. */
  constructor(updateId: string, viewer: Person, clock: () => Clock) {
    this.#params = { updateId }
    this.#viewer = viewer
    this.#clock = clock
  }

  /** Reads them again; of several readings at once the last one counts. */
  async load(): Promise<void> {
    const turn = ++this.#asked
    try {
      const comments = await this.#read()
      if (turn !== this.#asked) return
      this.#announce(comments)
      this.comments = [...comments, ...this.#pending(comments)]
      this.problem = null
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

  find(commentId: string): ShownComment | undefined {
    return this.comments?.find(({ id }) => id === commentId)
  }

  /** Shows it at once; takes it back when it could not be stored. */
  async add({ text, atMs = null, endMs = null, parentId = null }: Draft): Promise<Problem | null> {
    const shown = this.#preview({ text, atMs, endMs, parentId })
    this.comments = [...(this.comments ?? []), shown]
    return this.#change(async () => {
      try {
        const body = { text, atMs, endMs, parentId }
        const stored = await call<typeof createComment>('POST', list, { params: this.#params, body })
        this.#asked++
        this.comments = [...this.#without(shown.id, stored.id), stored]
      } catch (error) {
        this.comments = this.#without(shown.id)
        throw error
      }
    })
  }

  edit(commentId: string, text: string): Promise<Problem | null> {
    return this.#change(async () => {
      const changed = await call<typeof changeComment>('PATCH', '/api/comments/:commentId', {
        params: { commentId },
        body: { text },
      })
      this.#asked++
      this.comments = this.comments?.map((comment) => (comment.id === commentId ? changed : comment))
    })
  }

  remove(commentId: string): Promise<Problem | null> {
    return this.#change(async () => {
      await call<typeof deleteComment>('DELETE', '/api/comments/:commentId', { params: { commentId } })
      await this.load()
    })
  }

  async #change(work: () => Promise<void>): Promise<Problem | null> {
    try {
      await work()
      return null
    } catch (error) {
      return problemIn(error)
    }
  }

  #preview({ text, atMs, endMs, parentId }: Required<Draft>): ShownComment {
    const moment = parentId ? (this.find(parentId)?.atMs ?? null) : atMs
    const { updateId } = this.#params
    const createdAt = new Date().toISOString()
    const { id, name } = this.#viewer
    const about = { updateId, parentId, text, atMs: moment, endMs, author: { id, name } }
    return { ...plain, ...about, id: `pending-${++pendingCount}`, createdAt, pending: true }
  }

  /** What is on its way, but for what the server has stored before its answer came. */
  #pending(stored: ShownComment[]): ShownComment[] {
    const known = new Set(this.comments?.map(({ id }) => id))
    const same = (one: ShownComment, other: ShownComment) =>
      one.text === other.text && one.atMs === other.atMs && one.parentId === other.parentId && one.author.id === other.author.id
    const arrived = stored.filter(({ id }) => !known.has(id))
    return (this.comments ?? []).filter((shown) => shown.pending && !arrived.some((other) => same(shown, other)))
  }

  #without(...ids: string[]): ShownComment[] {
    return (this.comments ?? []).filter(({ id }) => !ids.includes(id))
  }

  #announce(comments: ShownComment[]) {
    if (!this.comments) return
    const known = new Set(this.comments.map(({ id }) => id))
    const fresh = comments.filter(({ id, author }) => !known.has(id) && author.id !== this.#viewer.id)
    const moment = (atMs: number | null) => (atMs === null ? '' : ` at ${timeCode(watchOfRecorded(this.#clock(), atMs))}`)
    const say = ({ author, atMs, text }: ShownComment) => `${author.name}${moment(atMs)}: ${text}`
    if (fresh.length > 0) this.news = fresh.map(say).join('. ')
  }
}

let pendingCount = 0

/** What a comment has that was just written, and nothing was done with. */
const plain = {
  ...{ type: 'note' as const, owner: null, mentions: [], drawing: null, videoId: null, video: null },
  ...{ publishedAt: null, editedAt: null, deleted: false, hidden: null, resolution: null, doneAt: null },
  ...{ supersedes: null, supersededBy: null, reactions: [] },
  can: { edit: false, delete: false, hide: false, resolve: false },
}
