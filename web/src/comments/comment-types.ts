import type { CommentType } from '@meanwhile/shared/contract/comments'
import { say } from './words.ts'

/** How each type is called, and what it means for whoever picks it. */
export const typeWords: Record<CommentType, { name: string; hint: string }> = {
  note: { name: say('type.note'), hint: say('type.note.hint') },
  question: { name: say('type.question'), hint: say('type.question.hint') },
  decision: { name: say('type.decision'), hint: say('type.decision.hint') },
  action: { name: say('type.action'), hint: say('type.action.hint') },
}

/** Who is asked, or who does it: the types that belong to somebody. */
export const ownerWords: Partial<Record<CommentType, string>> = { question: say('owner.question'), action: say('owner.action') }

/** What became of a comment that was resolved. */
export const settledWord = (type: CommentType): string =>
  ({ question: say('state.answered'), action: say('state.done') })[type as string] ?? say('state.resolved')

/** What guests of a share link may say. */
export const guestTypes = ['note', 'question'] as const satisfies readonly CommentType[]
