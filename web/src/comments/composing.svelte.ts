import type { Person } from '@meanwhile/shared/contract/auth'
import type { CommentType } from '@meanwhile/shared/contract/comments'
import { ownerWords } from './comment-types.ts'
import { type Begun, draftOf, keepDraft } from './drafts.ts'
import { stillNamed } from './mention-at.ts'

/** The comment that is being written on an update; it survives a reload. Moments are recorded ones, in ms. */
export class Composing {
  text = $state('')
  type = $state<CommentType>('note')
  owner = $state.raw<Person | null>(null)
  /** Who was chosen to be named. */
  named = $state.raw<Person[]>([])
  isTimed = $state(true)
  /** Held from the first letter on; null while it follows playback. */
  heldMs = $state.raw<number | null>(null)
  endMs = $state.raw<number | null>(null)

  readonly #updateId: string

  constructor(updateId: string) {
    this.#updateId = updateId
    this.#take(draftOf(updateId))
  }

  /** No derived state: it is asked after the page is gone, too, when what was refused is put back. */
  get isEmpty(): boolean {
    return this.text.trim() === ''
  }

  /** Where it is about, given where playback is; null without a video. */
  atMs(presentMs: number | null): number | null {
    return this.isTimed && presentMs !== null ? (this.heldMs ?? presentMs) : null
  }

  /** What is to be posted. */
  content(presentMs: number | null) {
    const atMs = this.atMs(presentMs)
    const owner = ownerWords[this.type] ? this.owner : null
    const named = stillNamed(this.text, this.named)
    return { text: this.text.trim(), type: this.type, owner, named, atMs, endMs: atMs === null ? null : this.endMs }
  }

  /** Lets go of the moment where nothing was written about it. */
  letGo() {
    if (this.isEmpty && this.endMs === null) this.heldMs = null
  }

  clear() {
    this.#take({})
    this.keep()
  }

  /** What could not be posted is there again, unless something new has been written meanwhile. */
  restore({ text, type, owner, named, atMs, endMs }: ReturnType<Composing['content']>) {
    const written = this.isEmpty ? text : `${text}\n${this.text}`
    this.#take({
      text: written,
      type,
      owner,
      named: [...named, ...this.named],
      isTimed: atMs !== null || this.isTimed,
      atMs,
      endMs,
    })
    this.keep()
  }

  keep() {
    const { text, type, owner, named, isTimed, heldMs: atMs, endMs } = this
    keepDraft(this.#updateId, text === '' ? null : { text, type, owner, named, isTimed, atMs, endMs })
  }

  #take({ text = '', type = 'note', owner = null, named = [], isTimed = true, atMs = null, endMs = null }: Partial<Begun>) {
    this.text = text
    this.type = type
    this.owner = owner
    this.named = named
    this.isTimed = isTimed
    this.heldMs = atMs
    this.endMs = endMs
  }
}
