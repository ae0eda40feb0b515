import type { CommentType } from '@meanwhile/shared/contract/comments'
import type { Thread } from './threads-of.ts'

type Named = { id: string }
type Settleable = { type: CommentType; resolution: unknown; deleted: boolean; hidden: unknown }
type Filterable = Settleable & { author: Named; owner: Named | null; mentions: readonly Named[] }

/** A question without an answer, or an action that is not done; none that was taken out of sight. */
export const isOpen = ({ type, resolution, deleted, hidden }: Settleable): boolean =>
  (type === 'question' || type === 'action') && resolution === null && !deleted && hidden === null

/** What is looked for. Of a person is what they wrote or own; `mine` is also what names the viewer. */
export type Filter = { type: CommentType | 'all'; open: boolean; mine: boolean; personId: string | null }

export const everything: Filter = { type: 'all', open: false, mine: false, personId: null }

export const isFiltering = ({ type, open, mine, personId }: Filter): boolean =>
  type !== 'all' || open || mine || personId !== null

/** A thread is shown whole when one comment in it that is there fits everything that is looked for, as the API does it. */
export function filterThreads<C extends Filterable>(threads: Thread<C>[], filter: Filter, viewerId: string): Thread<C>[] {
  if (!isFiltering(filter)) return threads
  const isOf = ({ author, owner }: C, personId: string) => author.id === personId || owner?.id === personId
  const isMine = (comment: C) => isOf(comment, viewerId) || comment.mentions.some(({ id }) => id === viewerId)
  const fits = (comment: C) =>
    !comment.deleted &&
    (filter.type === 'all' || comment.type === filter.type) &&
    (!filter.open || isOpen(comment)) &&
    (!filter.mine || isMine(comment)) &&
    (filter.personId === null || isOf(comment, filter.personId))
  return threads.filter(({ comment, replies }) => [comment, ...replies].some(fits))
}
