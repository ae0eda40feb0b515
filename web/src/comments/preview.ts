import type { Author, Person } from '@meanwhile/shared/contract/auth'
import type { Comment, CommentDraft } from '@meanwhile/shared/contract/comments'
import type { Wire } from '../api.ts'
import type { Unsent } from './outbox.ts'

/** `pending`: shown already, not yet stored; `unsent`: nothing answered, so it is sent again later. */
export type ShownComment = Wire<typeof Comment> & { pending?: true; unsent?: boolean }
/** What somebody wrote. */
export type NewComment = Omit<Wire<typeof CommentDraft>, 'id' | 'ownerId' | 'mentions' | 'video'> & {
  owner?: Person | null
  named?: Person[]
  /** Why those whom it asks or names are told at once; left out, it can wait. */
  urgent?: string
}

/** It was taken out of sight, and this viewer is told no more than that. */
export const isWithheld = ({
  hidden,
  text,
  drawing,
  video,
}: Pick<ShownComment, 'hidden' | 'text' | 'drawing' | 'video'>): boolean =>
  hidden !== null && text === '' && drawing === null && video === null

/** A comment as it is shown until the server has answered. */
export function previewOf({ id, updateId, draft, writtenAt }: Unsent, author: Author, parent?: ShownComment): ShownComment {
  const { text, type = 'note', owner = null, named = [], parentId = null, drawing = null } = draft
  const { atMs = null, endMs = null } = parent ?? draft
  const who = { author, owner, mentions: named }
  const when = {
    createdAt: writtenAt,
    publishedAt: null,
    editedAt: null,
    doneAt: null,
    dueAt: null,
    dueIsChosen: false,
    ownerZone: null,
  }
  const state = {
    deleted: false,
    hidden: null,
    resolution: null,
    supersedes: null,
    supersededBy: null,
    reactions: [],
    round: null,
  }
  const can = { edit: false, delete: false, hide: false, resolve: false }
  const about = { id, updateId, parentId, text, type, atMs, endMs, drawing, videoId: null, video: null }
  return { ...about, ...who, ...when, ...state, can, pending: true }
}
