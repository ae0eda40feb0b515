import type { Person } from '@meanwhile/shared/contract/auth'
import type { CommentType } from '@meanwhile/shared/contract/comments'
import type { Drawing } from '@meanwhile/shared/contract/drawing'
import type { Pen } from '../recorder/pen/pen.svelte.ts'
import { ownerWords } from './comment-types.ts'
import type { Begun, Draft } from './drafts.ts'
import { drawingOf } from './drawing-of.ts'
import { stillNamed } from './mention-at.ts'

/** As the server asks for. */
const leastReason = 3

/** The comment that is being written on an update, and drawn with `pen`; its draft outlives it. Moments are recorded ones, in ms. */
export class Composing {
  text = $state('')
  type = $state<CommentType>('note')
  owner = $state.raw<Person | null>(null)
  /** By when it is to be answered; null: as the team has agreed. */
  due = $state.raw<string | null>(null)
  /** Those whom it asks or names are told at once, which costs a reason. */
  cannotWait = $state(false)
  reason = $state('')
  /** Who was chosen to be named. */
  named = $state.raw<Person[]>([])
  isTimed = $state(true)
  /** Held from the first letter on; null while it follows playback. */
  heldMs = $state.raw<number | null>(null)
  endMs = $state.raw<number | null>(null)

  readonly #draft: Draft
  readonly #pen: Pen

  constructor(draft: Draft, pen: Pen) {
    this.#draft = draft
    this.#pen = pen
    this.#take(draft.read())
  }

  /** Neither written nor drawn. No derived state: it is asked after the page is gone, too, when what was refused is put back. */
  get isEmpty(): boolean {
    return this.text.trim() === '' && this.#pen.strokes.length === 0
  }
  get drawing(): Drawing | null {
    return drawingOf(this.#pen.strokes)
  }

  /** Who would be told of it: whoever is asked, then those whom the text still names. */
  get told(): Person[] {
    const owner = ownerWords[this.type] ? this.owner : null
    const named = stillNamed(this.text, this.named)
    return owner ? [owner, ...named.filter(({ id }) => id !== owner.id)] : named
  }
  /** It is to be told at once, and does not say why. */
  get lacksReason(): boolean {
    return this.cannotWait && this.told.length > 0 && this.reason.trim().length < leastReason
  }

  /** Where it is about, given where playback is; null without a video. */
  atMs(presentMs: number | null): number | null {
    return this.isTimed && presentMs !== null ? (this.heldMs ?? presentMs) : null
  }

  /** What is to be posted. A drawing is on a moment. */
  content(presentMs: number | null) {
    const atMs = this.atMs(presentMs)
    const owner = ownerWords[this.type] ? this.owner : null
    const named = stillNamed(this.text, this.named)
    const urgent = this.cannotWait && this.told.length > 0 ? { urgent: this.reason.trim() } : {}
    const wait = owner && this.due ? { dueAt: this.due } : {}
    const place = atMs === null ? { atMs, endMs: null, drawing: null } : { atMs, endMs: this.endMs, drawing: this.drawing }
    return { text: this.text.trim(), type: this.type, owner, named, ...wait, ...urgent, ...place }
  }

  /** Lets go of the moment where nothing was written about it. */
  letGo() {
    if (this.isEmpty && this.endMs === null) this.heldMs = null
  }

  clear() {
    this.#take({})
    this.keep()
  }

  /** What could not be posted is there again, before what has been written meanwhile. */
  restore({ text, type, owner, named, atMs, endMs, drawing, dueAt, urgent }: ReturnType<Composing['content']>) {
    const strokes = [...(drawing?.strokes ?? []), ...(this.drawing?.strokes ?? [])]
    this.#take({
      text: [text, this.text].filter(Boolean).join('\n'),
      type,
      owner,
      due: dueAt ?? null,
      cannotWait: urgent !== undefined || this.cannotWait,
      reason: urgent ?? this.reason,
      named: [...named, ...this.named],
      isTimed: atMs !== null || this.isTimed,
      atMs,
      endMs,
      drawing: { strokes },
    })
    this.keep()
  }

  keep() {
    const { text, type, owner, due, cannotWait, reason, named, isTimed, heldMs: atMs, endMs, drawing } = this
    const isBegun = text !== '' || drawing !== null || type !== 'note' || endMs !== null
    this.#draft.keep(isBegun ? { text, type, owner, due, cannotWait, reason, named, isTimed, atMs, endMs, drawing } : null)
  }

  #take(begun: Partial<Begun>) {
    const {
      text = '',
      type = 'note',
      owner = null,
      due = null,
      cannotWait = false,
      reason = '',
      named = [],
      isTimed = true,
      atMs = null,
      endMs = null,
      drawing,
    } = begun
    this.text = text
    this.type = type
    this.owner = owner
    this.due = due
    this.cannotWait = cannotWait
    this.reason = reason
    this.named = named
    this.isTimed = isTimed
    this.heldMs = atMs
    this.endMs = endMs
    this.#pen.strokes = drawing?.strokes ?? []
  }
}
