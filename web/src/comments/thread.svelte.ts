import type { Person } from '@meanwhile/shared/contract/auth'
import type { CommentChange, CommentHistory } from '@meanwhile/shared/contract/comments'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { Emoji } from '@meanwhile/shared/media/emojis'
import { timeCode } from '@meanwhile/shared/media/time-code'
import type { Component } from 'svelte'
import { problemIn, type Wire } from '../api.ts'
import type { LiveMessage } from '../live.svelte.ts'
import type { CameraView } from '../player/camera/camera-view.svelte.ts'
import { watchOfRecorded } from '../player/clock.ts'
import type { Playback } from '../player/playback.ts'
import type { Pen } from '../recorder/pen/pen.svelte.ts'
import type { Answered } from '../recorder/spool/spool-note.ts'
import type { GuestPart } from '../share/guest-part.svelte.ts'
import { untilLoaded } from '../ui/until-loaded.ts'
import type Comments from './Comments.svelte'
import type { Composing } from './composing.svelte.ts'
import { Drafts } from './drafts.ts'
import { everything, type Filter, filterThreads } from './filter-threads.ts'
import { Moments } from './moments.svelte.ts'
import { Outbox, type Outcome, type Unsent } from './outbox.ts'
import { type NewComment, previewOf, type ShownComment } from './preview.ts'
import { type Answer, requests } from './requests.ts'
import { threadsOf } from './threads-of.ts'
import { say } from './words.ts'

export type { ShownComment } from './preview.ts'
/** Who reads and writes. `guest`: they came by a share link, and are in no workspace. */
export type Writer = Person & { guest?: GuestPart; workspace: { id: string } }

const retryMs = 5_000

/** The comments of an update, as this page knows them. Methods answer null when it worked, else the problem to show. */
export class CommentThread {
  /** Undefined until the first answer. */
  comments = $state.raw<ShownComment[] | undefined>()
  /** Why the comments could not be read. */
  problem = $state.raw<Problem | null>(null)
  /** What arrived from others while the page was open, for people who listen. */
  news = $state.raw('')
  /** What was kept to be sent later and then refused. */
  refused = $state.raw<{ text: string; problem: Problem } | null>(null)
  /** What is being answered by a recording. */
  recording = $state.raw<{ heading: string; tells: Person[]; answers: Answered } | null>(null)
  /** What of the comments is looked for. */
  filter = $state.raw<Filter>(everything)
  threads = $derived.by(() => filterThreads(threadsOf(this.comments ?? []), this.filter, this.viewer.id))
  count = $derived((this.comments ?? []).filter(({ deleted }) => !deleted).length)

  readonly viewer: Writer
  /** What people felt at its moments. */
  readonly moments: Moments
  /** Where they are read and written, once it is loaded: the page that is waited for does not know of it. */
  List = $state.raw<typeof Comments | null>(null)
  /** What lies over the picture, likewise. */
  Layer = $state.raw<Component<{ thread: CommentThread; camera: CameraView | null }> | null>(null)
  /** Draws on the picture for the comment that is being written; there before `List` and `Layer` are. */
  pen: Pen | null = null
  /** The comment that is being written, likewise. */
  composing: Composing | null = null
  /** Brings the picture that is drawn on to the front, where it is not. */
  uncover = () => {}
  /** What was begun here and not sent. */
  readonly drafts: Drafts
  readonly updateId: string
  readonly playback: Playback
  readonly #outbox: Outbox
  #loading: Promise<void> | undefined
  /** Something happened that the list being read may not tell. */
  #again = false
  /** The list was read to its end. */
  #isWhole = false
  /** Something was stored while the list is being read. */
  #changed = false
  #sending = false
  #closed = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `playback`: what is talked about. `settled`: when there is time to load how all of it looks. */
  constructor(updateId: string, viewer: Writer, playback: Playback, settled: Promise<void>) {
    void settled.then(() => this.#show())
    this.updateId = updateId
    this.viewer = viewer
    this.moments = new Moments(updateId)
    this.#outbox = new Outbox(viewer.id)
    this.drafts = new Drafts(viewer.id, updateId)
    this.playback = playback
  }

  /** Follows what others do. */
  hear(message: LiveMessage): void {
    const { type } = message
    if ('updateId' in message && message.updateId !== this.updateId) return
    if (type === 'reconnected') void this.load()
    if (type === 'comment') void this.#renew(message.commentId)
    if (type === 'reconnected' || type === 'reaction') void this.moments.load().catch(() => {})
  }

  /** Of many comments not all are read again because one of them changed. */
  async #renew(commentId: string) {
    if (this.comments === undefined || this.#loading) return this.load()
    try {
      const comment = await requests.read(commentId)
      if (comment.supersedes) return this.load()
      this.#announce([comment])
      this.#put(comment)
      if (document.visibilityState === 'visible') void this.#tellRead()
    } catch {
      await this.load()
    }
  }

  /** Reads them, for the first time or again; what happens meanwhile is read afterwards. */
  load(): Promise<void> {
    this.#again = true
    this.#loading ??= this.#loadAll().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  async #loadAll(): Promise<void> {
    if (this.comments === undefined) void this.moments.load().catch(() => {})
    while (this.#again) {
      this.#again = false
      this.#changed = false
      try {
        // At first the beginning of a long discussion is shown before the rest of it has come.
        const comments = await requests.list(this.updateId, (some) => {
          if (!this.#isWhole && !this.#changed) this.#take(some)
        })
        // What was stored while the list was on its way may not be in it.
        if (this.#changed && this.comments) this.#again = true
        else {
          this.#take(comments)
          this.#isWhole = true
        }
      } catch (error) {
        this.problem = problemIn(error)
        return
      }
    }
    if (document.visibilityState === 'visible') void this.#tellRead()
    void this.sendUnsent()
  }

  async #show() {
    const [{ Pen }, { Composing }, { default: Layer }, { default: List }] = await untilLoaded(() =>
      Promise.all([
        import('../recorder/pen/pen.svelte.ts'),
        import('./composing.svelte.ts'),
        import('./DrawingLayer.svelte'),
        import('./Comments.svelte'),
      ]),
    )
    this.pen = new Pen(() => {})
    this.composing = new Composing(this.drafts.at('new'), this.pen)
    this.Layer = Layer
    this.List = List
  }

  #take(comments: ShownComment[]) {
    this.#announce(comments)
    const stored = new Set(comments.map(({ id }) => id))
    const known = new Set(this.comments?.map(({ id }) => id))
    const unstored = this.#outbox.settle(this.updateId, stored)
    const kept = unstored.filter(({ id }) => !known.has(id))
    const pending = (this.comments ?? []).filter((comment) => comment.pending && !stored.has(comment.id))
    const find = (id?: string | null) => comments.find((comment) => comment.id === id)
    const unsent = kept.map((each) => ({ ...previewOf(each, this.#author, find(each.draft.parentId)), unsent: true }))
    this.comments = [...comments, ...pending, ...unsent]
    this.problem = null
  }

  /** Who reads the comments need not be told of them any more. */
  async #tellRead() {
    // Guests are told of nothing.
    if (this.viewer.guest) return
    await requests.tellRead(this.updateId).catch(() => {})
  }

  /** What a link names is shown, also where it is not among what is looked for. */
  reveal(commentId: string): void {
    const isListed = this.threads.some(({ comment, replies }) => [comment, ...replies].some(({ id }) => id === commentId))
    if (!isListed) this.filter = everything
  }

  find(commentId: string): ShownComment | undefined {
    return this.comments?.find(({ id }) => id === commentId)
  }

  /** Shows it at once. It is kept and sent later when nothing answers, and taken back when it is refused. */
  async add(draft: NewComment, id = crypto.randomUUID() as string): Promise<Problem | null> {
    const unnamed = await this.viewer.guest?.introduce()
    if (unnamed) return unnamed
    const { id: workspaceId } = this.viewer.workspace
    const written = { id, updateId: this.updateId, draft, writtenAt: new Date().toISOString() }
    const unsent: Unsent = workspaceId ? { ...written, workspaceId } : written
    const parent = draft.parentId ? this.find(draft.parentId) : undefined
    this.comments = [...(this.comments ?? []), previewOf(unsent, this.#author, parent)]
    // Who writes wants to see what they wrote.
    if (!parent) this.filter = everything
    const outcome = await this.#send(unsent)
    if ('stored' in outcome && draft.supersedesId) await this.load()
    return 'refused' in outcome ? outcome.refused : null
  }

  async #send(unsent: Unsent, again = false): Promise<Outcome> {
    const outcome = await this.#outbox.send(unsent, again)
    if ('stored' in outcome) this.#put(outcome.stored)
    else if ('refused' in outcome) this.#forget(unsent.id)
    else {
      const { id } = unsent
      this.comments = this.comments?.map((comment) => (comment.id === id ? { ...comment, unsent: true } : comment))
      clearTimeout(this.#timer)
      if (!this.#closed) this.#timer = setTimeout(() => void this.sendUnsent(), retryMs)
    }
    return outcome
  }

  /** Sends what could not be sent before, one after the other; what is refused is not kept, and said. */
  async sendUnsent(): Promise<void> {
    if (this.#sending || this.#closed) return
    this.#sending = true
    const isWaiting = ({ id }: Unsent) => this.find(id)?.unsent === true
    for (const unsent of this.#outbox.of(this.updateId).filter(isWaiting)) {
      const outcome = await this.#send(unsent, true)
      if ('later' in outcome) break
      if ('refused' in outcome) this.refused = { text: unsent.draft.text, problem: outcome.refused }
    }
    this.#sending = false
  }

  /** The page is left: nothing is sent from here any more. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  /** Gives up one that could not be sent. */
  discard(commentId: string): void {
    this.#outbox.drop(commentId)
    this.#forget(commentId)
  }

  #forget(commentId: string) {
    this.comments = this.comments?.filter(({ id }) => id !== commentId)
  }

  edit(commentId: string, change: Wire<typeof CommentChange>): Promise<Problem | null> {
    return attempt(async () => this.#put(await requests.edit(commentId, change)))
  }

  remove(commentId: string): Promise<Problem | null> {
    return attempt(async () => {
      await requests.remove(commentId)
      await this.load()
    })
  }

  /** Says where it is answered or done: at a recorded moment, by another comment, or nowhere in particular. */
  resolve(commentId: string, answer: Answer): Promise<Problem | null> {
    return attempt(async () => this.#put(await requests.resolve(commentId, answer)))
  }

  reopen(commentId: string): Promise<Problem | null> {
    return attempt(async () => this.#put(await requests.reopen(commentId)))
  }

  /** Answers with one press, or takes that back. */
  react(commentId: string, emoji: Emoji): Promise<Problem | null> {
    return attempt(async () => {
      const isMine = this.find(commentId)?.reactions.some(({ mine, emoji: other }) => mine && other === emoji)
      const reactions = await (isMine ? requests.takeBack : requests.react)(commentId, emoji)
      const comment = this.find(commentId)
      if (comment) this.#put({ ...comment, reactions })
    })
  }

  /** Takes it out of sight of most people, or brings it back. */
  setHidden(commentId: string, hidden: boolean): Promise<Problem | null> {
    return attempt(async () => this.#put(await (hidden ? requests.hide : requests.show)(commentId)))
  }

  /** What it said before, and who settled it. @throws {ApiError} */
  historyOf(commentId: string): Promise<Wire<typeof CommentHistory>> {
    return requests.history(commentId)
  }

  /** A guest's name may have been said since they came. */
  get #author() {
    const { id, name, picture, guest } = this.viewer
    return guest ? { id, name: guest.name, picture, guest: true } : { id, name, picture }
  }

  /** Who can see the update, by the beginning of a name; guests learn nobody's. @throws {ApiError} */
  async findPeople(q: string): Promise<Person[]> {
    if (this.viewer.guest) return []
    return requests.findPeople(this.updateId, q)
  }

  /** What the server answered counts, also against a list that was asked for before. */
  #put(stored: ShownComment) {
    this.#changed = true
    const others = (this.comments ?? []).filter(({ id }) => id !== stored.id)
    this.comments = [...others, stored]
  }

  #announce(comments: ShownComment[]) {
    if (!this.#isWhole) return
    const known = new Set(this.comments?.map(({ id }) => id))
    const fresh = comments.filter(({ id, author }) => !known.has(id) && author.id !== this.viewer.id)
    const told = ({ author: { name }, atMs, text }: ShownComment) =>
      atMs === null
        ? `${name}: ${text}`
        : say('news', { person: name, moment: timeCode(watchOfRecorded(this.playback.clock, atMs)), text })
    if (fresh.length > 0) this.news = fresh.map(told).join('. ')
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
