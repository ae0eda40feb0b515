import type { Person } from '@meanwhile/shared/contract/auth'
import type { CommentType } from '@meanwhile/shared/contract/comments'
import type { Drawing } from '@meanwhile/shared/contract/drawing'

/** A comment that was begun. `atMs`: the recorded moment that it holds on to; null while it follows playback. */
export type Begun = {
  text: string
  type: CommentType
  owner: Person | null
  /** By when it is to be answered, where its author says so. */
  due?: string | null
  cannotWait?: boolean
  /** Why it cannot wait. */
  reason?: string
  named: Person[]
  isTimed: boolean
  atMs: number | null
  endMs: number | null
  drawing: Drawing | null
}

/** What is written: a comment of its own, or something about the comment with an id. */
export type Place = 'new' | `${'reply' | 'edit' | 'supersede'} ${string}`

/** Where one of them is kept until it is sent. */
export type Draft = { read: () => Partial<Begun>; keep: (begun: Partial<Begun> | null) => void }

type Kept = { updateId: string; place: Place; begun: Partial<Begun> }

const key = (viewerId: string) => `meanwhile.drafts.${viewerId}`
const most = 30

/** What somebody began to write on an update and has not sent; it outlives the page and the browser. */
export class Drafts {
  readonly #viewerId: string
  readonly #updateId: string

  constructor(viewerId: string, updateId: string) {
    this.#viewerId = viewerId
    this.#updateId = updateId
  }

  at(place: Place): Draft {
    const isHere = (kept: Kept) => kept.updateId === this.#updateId && kept.place === place
    return {
      read: () => this.#all().find(isHere)?.begun ?? {},
      keep: (begun) => {
        const others = this.#all().filter((kept) => !isHere(kept))
        this.#write(begun ? [...others, { updateId: this.#updateId, place, begun }] : others)
      },
    }
  }

  #all(): Kept[] {
    try {
      return JSON.parse(localStorage.getItem(key(this.#viewerId)) ?? '[]') as Kept[]
    } catch {
      return []
    }
  }

  #write(drafts: Kept[]) {
    try {
      if (drafts.length > 0) localStorage.setItem(key(this.#viewerId), JSON.stringify(drafts.slice(-most), fine))
      else localStorage.removeItem(key(this.#viewerId))
    } catch {
      // Without storage, or room in it, a draft lives as long as the page.
    }
  }
}

/** Four digits are finer than a pixel; a drawing with all of them would take three times the room. */
const fine = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value)
