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

/** What is looked for; of a person is what they wrote, are asked or are named in. */
export type Filter = { type: CommentType | 'all'; open: boolean; personId: string | null }

export const everything: Filter = { type: 'all', open: false, personId: null }

export const isFiltering = ({ type, open, personId }: Filter): boolean => type !== 'all' || open || personId !== null

/** A thread is shown whole when one comment in it fits everything that is looked for, as the API does it. */
export function filterThreads<C extends Filterable>(threads: Thread<C>[], filter: Filter): Thread<C>[] {
  if (!isFiltering(filter)) return threads
  const isOf = ({ author, owner, mentions }: C, personId: string) =>
    [author, owner, ...mentions].some((person) => person?.id === personId)
  const fits = (comment: C) =>
    (filter.type === 'all' || comment.type === filter.type) &&
    (!filter.open || isOpen(comment)) &&
    (filter.personId === null || isOf(comment, filter.personId))
  return threads.filter(({ comment, replies }) => [comment, ...replies].some(fits))
}
