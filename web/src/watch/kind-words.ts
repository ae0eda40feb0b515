import type { UpdateKind } from '@meanwhile/shared/contract/update-kind'
import { kindRules } from '@meanwhile/shared/working-hours/update-kinds'

/** What an update is for, in the order in which it becomes harder without a call. */
export const kindNames: Record<UpdateKind, string> = {
  inform: 'To inform',
  collaborate: 'To work together',
  solve: 'To solve a problem',
  create: 'To create something',
  decide: 'To decide',
  innovate: 'To find something new',
  connect: 'To get to know each other',
}

/** What follows from it for those who watch. */
export function kindHint(kind: UpdateKind): string {
  const { answers, question, staysDays } = kindRules[kind]
  return [
    answers ? 'answers are expected' : 'no answer is expected',
    ...(question === 'decision' ? ['questions have as long as decisions'] : []),
    ...(staysDays ? [`goes to the trash after ${staysDays} days`] : []),
  ].join(', ')
}

/** Of these kinds a call may serve better: whether it does depends on how many are asked. */
export const isHard = (kind: UpdateKind | null): boolean => kind !== null && kindRules[kind].call !== undefined
