import type { Person } from '@meanwhile/shared/contract/auth'
import type { Comment, CommentDraft } from '@meanwhile/shared/contract/comments'
import type { Wire } from '../api.ts'

/** `pending`: shown already, not yet stored. */
export type ShownComment = Wire<typeof Comment> & { pending?: true }
/** What somebody wrote. */
export type NewComment = Omit<Wire<typeof CommentDraft>, 'id' | 'ownerId' | 'mentions' | 'video'> & {
  owner?: Person | null
  named?: Person[]
}
type Surroundings = { id: string; updateId: string; author: Person; parent: ShownComment | undefined }

/** A comment as it is shown until the server has answered. */
export function previewOf(draft: NewComment, { id, updateId, author, parent }: Surroundings): ShownComment {
  const { text, type = 'note', owner = null, named = [], parentId = null, drawing = null } = draft
  const { atMs = null, endMs = null } = parent ?? draft
  const who = { author: { id: author.id, name: author.name }, owner, mentions: named }
  const when = { createdAt: new Date().toISOString(), publishedAt: null, editedAt: null, doneAt: null }
  const state = { deleted: false, hidden: null, resolution: null, supersedes: null, supersededBy: null, reactions: [] }
  const can = { edit: false, delete: false, hide: false, resolve: false }
  const about = { id, updateId, parentId, text, type, atMs, endMs, drawing, videoId: null, video: null }
  return { ...about, ...who, ...when, ...state, can, pending: true }
}
