type Orderable = { id: string; parentId: string | null; atMs: number | null; createdAt: string }

/** A comment and what was answered to it. */
export type Thread<C> = { comment: C; replies: C[] }

const byAge = (a: Orderable, b: Orderable) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id)

const byMoment = (a: Orderable, b: Orderable) =>
  (a.atMs ?? Number.POSITIVE_INFINITY) === (b.atMs ?? Number.POSITIVE_INFINITY)
    ? byAge(a, b)
    : (a.atMs ?? Number.POSITIVE_INFINITY) - (b.atMs ?? Number.POSITIVE_INFINITY)

/**
 * Comments as they are read: by the moment they are about, those about the whole update last, at the same moment the
 * older one first; replies below what they answer, oldest first. A reply whose parent is missing stands for itself.
 */
export function threadsOf<C extends Orderable>(comments: readonly C[]): Thread<C>[] {
  const ids = new Set(comments.map(({ id }) => id))
  const isReply = (comment: C) => comment.parentId !== null && ids.has(comment.parentId)
  const replies = comments.filter(isReply).toSorted(byAge)
  return comments
    .filter((comment) => !isReply(comment))
    .toSorted(byMoment)
    .map((comment) => ({ comment, replies: replies.filter(({ parentId }) => parentId === comment.id) }))
}
