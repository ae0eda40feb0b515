import type { Person } from '@meanwhile/shared/contract/auth'
import type {
  Comment,
  CommentChange,
  CommentHistory,
  changeComment,
  deleteComment,
  findPeople,
  hideComment,
  listComments,
  readComment,
  readCommentHistory,
  reopenComment,
  resolveComment,
  showComment,
} from '@meanwhile/shared/contract/comments'
import type { readAllNotifications } from '@meanwhile/shared/contract/notifications'
import type { addCommentReaction, ReactionCount, removeCommentReaction } from '@meanwhile/shared/contract/reactions'
import type { Emoji } from '@meanwhile/shared/media/emojis'
import { call, type Wire } from '../api.ts'

type Told = Wire<typeof Comment>
export type Answer = { atMs: number | null; answerId: string | null }

const one = '/api/comments/:commentId'
const resolution = '/api/comments/:commentId/resolution'
const hidden = '/api/comments/:commentId/hidden'
const reaction = '/api/comments/:commentId/reactions/:emoji'

/** What the API is asked about comments. Each of them throws an ApiError. */
export const requests = {
  /** Every page of them, in the order of their moments. `onsome` hears what there is so far, before the last page. */
  async list(updateId: string, onsome: (comments: Told[]) => void): Promise<Told[]> {
    const comments: Told[] = []
    for (let cursor: string | undefined, more = true; more; ) {
      const input = { params: { updateId }, querystring: { limit: 200, cursor } }
      const page = await call<typeof listComments>('GET', '/api/updates/:updateId/comments', input)
      comments.push(...page.items)
      cursor = page.nextCursor ?? undefined
      more = page.nextCursor !== null
      if (more) onsome([...comments])
    }
    return comments
  },
  read: (commentId: string): Promise<Told> => call<typeof readComment>('GET', one, { params: { commentId } }),
  edit: (commentId: string, body: Wire<typeof CommentChange>): Promise<Told> =>
    call<typeof changeComment>('PATCH', one, { params: { commentId }, body }),
  remove: (commentId: string) => call<typeof deleteComment>('DELETE', one, { params: { commentId } }),
  resolve: (commentId: string, body: Answer): Promise<Told> =>
    call<typeof resolveComment>('PUT', resolution, { params: { commentId }, body }),
  reopen: (commentId: string): Promise<Told> => call<typeof reopenComment>('DELETE', resolution, { params: { commentId } }),
  hide: (commentId: string): Promise<Told> => call<typeof hideComment>('PUT', hidden, { params: { commentId } }),
  show: (commentId: string): Promise<Told> => call<typeof showComment>('DELETE', hidden, { params: { commentId } }),
  history: (commentId: string): Promise<Wire<typeof CommentHistory>> =>
    call<typeof readCommentHistory>('GET', '/api/comments/:commentId/history', { params: { commentId } }),
  /** Who can see the update, by the beginning of a name. */
  findPeople: (updateId: string, q: string): Promise<Person[]> =>
    call<typeof findPeople>('GET', '/api/updates/:updateId/people', { params: { updateId }, querystring: { q } }),
  /** What this viewer was told of these comments is read. */
  tellRead: (updateId: string) => call<typeof readAllNotifications>('PUT', '/api/notifications/read', { body: { updateId } }),
  react: (commentId: string, emoji: Emoji): Promise<ReactionCount[]> =>
    call<typeof addCommentReaction>('PUT', reaction, { params: { commentId, emoji } }),
  takeBack: (commentId: string, emoji: Emoji): Promise<ReactionCount[]> =>
    call<typeof removeCommentReaction>('DELETE', reaction, { params: { commentId, emoji } }),
}
