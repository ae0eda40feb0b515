import type { Person } from '@meanwhile/shared/contract/auth'
import type { CommentType } from '@meanwhile/shared/contract/comments'

/** A comment that was begun. `atMs`: the recorded moment that it holds on to; null while it follows playback. */
export type Begun = {
  text: string
  type: CommentType
  owner: Person | null
  named: Person[]
  isTimed: boolean
  atMs: number | null
  endMs: number | null
}

const key = (updateId: string) => `meanwhile.draft.${updateId}`

/** The comment that was begun on an update and not posted, for as long as the tab lives. */
export function draftOf(updateId: string): Partial<Begun> {
  try {
    return JSON.parse(sessionStorage.getItem(key(updateId)) ?? '{}') as Partial<Begun>
  } catch {
    return {}
  }
}

export function keepDraft(updateId: string, draft: Begun | null): void {
  try {
    if (draft) sessionStorage.setItem(key(updateId), JSON.stringify(draft))
    else sessionStorage.removeItem(key(updateId))
  } catch {
    // Without storage the draft lives as long as the page.
  }
}
