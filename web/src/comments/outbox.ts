import type { Comment, CommentDraft, createComment } from '@meanwhile/shared/contract/comments'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn, type Wire } from '../api.ts'
import type { NewComment } from './preview.ts'

/** A comment that has not been stored yet. Its id was chosen here, so that however often it is sent, it is stored once. */
export type Unsent = {
  id: string
  /** Where its update is; those of an earlier version, and guests, name none. */
  workspaceId?: string
  updateId: string
  draft: NewComment
  writtenAt: string
  /** The comment is there, and those whom it cannot wait for are still to be told. */
  isStored?: true
}

/** What became of it: `later` when nothing answered, `refused` when it will never be taken as it is. */
export type Outcome = { stored: Wire<typeof Comment> } | { later: Problem } | { refused: Problem }

const key = (viewerId: string) => `meanwhile.unsent.${viewerId}`
const most = 50

/** What was written and not stored, oldest first; it outlives the page and the browser. */
export class Outbox {
  readonly #viewerId: string

  constructor(viewerId: string) {
    this.#viewerId = viewerId
  }

  all(): Unsent[] {
    try {
      return JSON.parse(localStorage.getItem(key(this.#viewerId)) ?? '[]') as Unsent[]
    } catch {
      return []
    }
  }

  of(updateId: string): Unsent[] {
    return this.all().filter((unsent) => unsent.updateId === updateId && !unsent.isStored)
  }

  /** Drops what turned out to be stored although nobody heard so. Returns what is still unsent. */
  settle(updateId: string, stored: ReadonlySet<string>): Unsent[] {
    for (const unsent of this.of(updateId)) if (stored.has(unsent.id)) this.#done(unsent)
    return this.of(updateId)
  }

  keep(unsent: Unsent): void {
    this.#write([...this.all().filter(({ id }) => id !== unsent.id), unsent].slice(-most))
  }

  drop(id: string): void {
    this.#write(this.all().filter((unsent) => unsent.id !== id))
  }

  /**
   * Sends it now. Unless nothing answered, it is kept no longer. What is sent `again` waits for its author to sign in; what
   * was just written is given back to the page that goes there.
   */
  async send(unsent: Unsent, again = false): Promise<Outcome> {
    const { id, updateId, draft } = unsent
    const { owner = null, named = [], urgent: _, ...content } = draft
    const body: Wire<typeof CommentDraft> = { ...content, id, ownerId: owner?.id ?? null, mentions: named.map((one) => one.id) }
    this.keep(unsent)
    try {
      const stored = await call<typeof createComment>('POST', '/api/updates/:updateId/comments', {
        params: { updateId },
        body,
        as: this.#authorOf(unsent),
      })
      this.#done(unsent)
      return { stored }
    } catch (error) {
      const problem = problemIn(error)
      if (isPassing(problem) || (again && problem.status === 401)) return { later: problem }
      this.drop(id)
      return { refused: problem }
    }
  }

  /** Sends everything that was kept, until nothing answers. Says what was refused. */
  async sendAll(onrefused: (text: string, problem: Problem) => void): Promise<void> {
    for (const unsent of this.all()) {
      if (unsent.isStored) {
        this.#tell(unsent)
        continue
      }
      const outcome = await this.send(unsent, true)
      if ('later' in outcome) return
      if ('refused' in outcome) onrefused(unsent.draft.text, outcome.refused)
    }
  }

  #done(unsent: Unsent): void {
    this.drop(unsent.id)
    if (unsent.draft.urgent) this.#tell({ ...unsent, isStored: true })
  }

  /** Whom a stored comment cannot wait for is told now, or as soon as that works. */
  #tell(stored: Unsent): void {
    const { id, draft } = stored
    this.keep(stored)
    void import('./tell-at-once.ts')
      .then(({ tellAtOnce }) => tellAtOnce(id, draft.urgent!, this.#authorOf(stored)))
      .then(() => this.drop(id))
      // What tells them could not be loaded: it is kept for the next time.
      .catch(() => {})
  }

  /** Its author may have switched to another workspace since. */
  #authorOf({ workspaceId }: Unsent): string {
    return workspaceId ? `${this.#viewerId} ${workspaceId}` : this.#viewerId
  }

  #write(unsent: Unsent[]) {
    try {
      if (unsent.length > 0) localStorage.setItem(key(this.#viewerId), JSON.stringify(unsent))
      else localStorage.removeItem(key(this.#viewerId))
    } catch {
      // Without storage it is kept as long as the page lives.
    }
  }
}

/** No answer, too many requests, a server in trouble, or a workspace that one may be let into again: the same may work later. */
export const isPassing = ({ status, type }: Problem) =>
  type === '/problems/unreachable' || type === '/problems/no-workspace' || status === 429 || status >= 500
