import type { MessageKind } from '../contract/agreement.ts'
import type { CommentType } from '../contract/comments.ts'
import type { UpdateKind } from '../contract/update-kind.ts'

type Rules = {
  /** Whether its author waits for answers. */
  answers: boolean
  /** What a question on it counts as: how fast that is answered. Null: nothing that is asked on it is owed. */
  question: MessageKind | null
  /** After so many days it goes to the trash, where no rule takes it sooner. */
  staysDays?: number
  /** It may be better to talk: always, or where many are asked. */
  call?: 'always' | 'many'
}

/** What follows from what an update is for. The later, the harder it is without being in one room. */
export const kindRules: Record<UpdateKind, Rules> = {
  inform: { answers: false, question: 'question' },
  collaborate: { answers: true, question: 'question' },
  solve: { answers: true, question: 'question', call: 'many' },
  create: { answers: true, question: 'question' },
  decide: { answers: true, question: 'decision', call: 'many' },
  innovate: { answers: true, question: 'question', call: 'always' },
  connect: { answers: false, question: null, staysDays: 30, call: 'always' },
}

/** So many are asked at once that their answers will cross each other. */
const many = 4

/** As what a comment is answered that asks somebody; null for one that asks nobody. */
export function messageKindOf(type: CommentType, kind: UpdateKind | null): MessageKind | null {
  if (type === 'note') return null
  const question = kind === null ? 'question' : kindRules[kind].question
  return type === 'question' || question === null ? question : type
}

/** Whether a call may serve better. @param asked how many people are asked */
export const mayServeBetter = (kind: UpdateKind | null, asked: number): boolean => {
  const call = kind && kindRules[kind].call
  return call === 'always' || (call === 'many' && asked >= many)
}
