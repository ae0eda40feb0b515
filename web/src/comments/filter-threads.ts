import type { CommentType } from '@meanwhile/shared/contract/comments'
import type { Thread } from './threads-of.ts'

type Named = { id: string }
type Filterable = {
  type: CommentType
  resolution: unknown
  deleted: boolean
  author: Named
  owner: Named | null
  mentions: readonly Named[]
}

type Settleable = { type: CommentType; resolution: unknown; deleted: boolean }

/** A question without an answer, or an action that is not done. */
export const isOpen = ({ type, resolution, deleted }: Settleable): boolean =>
  (type === 'question' || type === 'action') && resolution === null && !deleted

/** What is looked for; `mine`: written by, asked of or naming the viewer. */
export type Filter = { type: CommentType | 'all'; open: boolean; mine: boolean }

export const everything: Filter = { type: 'all', open: false, mine: false }

export const isFiltering = ({ type, open, mine }: Filter): boolean => type !== 'all' || open || mine

/** A thread is shown whole when one comment in it fits everything that is looked for, as the API does it. */
export function filterThreads<C extends Filterable>(threads: Thread<C>[], filter: Filter, viewerId: string): Thread<C>[] {
  if (!isFiltering(filter)) return threads
  const isMine = ({ author, owner, mentions }: C) => [author, owner, ...mentions].some((person) => person?.id === viewerId)
  const fits = (comment: C) =>
    (filter.type === 'all' || comment.type === filter.type) &&
    (!filter.open || isOpen(comment)) &&
    (!filter.mine || isMine(comment))
  return threads.filter(({ comment, replies }) => [comment, ...replies].some(fits))
}
