import type { CommentType } from '@meanwhile/shared/contract/comments'

/** How each type is called, and what it means for whoever picks it. */
export const typeWords: Record<CommentType, { name: string; hint: string }> = {
  note: { name: 'Note', hint: 'for everybody' },
  question: { name: 'Question', hint: 'waits for an answer' },
  decision: { name: 'Decision', hint: 'stays as it is' },
  action: { name: 'Action', hint: 'somebody does it' },
}

/** Who is asked, or who does it: the types that belong to somebody. */
export const ownerWords: Partial<Record<CommentType, string>> = { question: 'Who is asked', action: 'Who does it' }

/** What became of a comment that was resolved. */
export const settledWord = (type: CommentType): string => ({ question: 'Answered', action: 'Done' })[type as string] ?? 'Resolved'

/** What guests of a share link may say. */
export const guestTypes = ['note', 'question'] as const satisfies readonly CommentType[]
