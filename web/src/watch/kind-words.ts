import type { UpdateKind } from '@meanwhile/shared/contract/update-kind'
import { kindRules } from '@meanwhile/shared/working-hours/update-kinds'
import { say } from './words.ts'

/** What an update is for, in the order in which it becomes harder without a call. */
export const kindNames: Record<UpdateKind, string> = {
  inform: say('kind.inform'),
  collaborate: say('kind.collaborate'),
  solve: say('kind.solve'),
  create: say('kind.create'),
  decide: say('kind.decide'),
  innovate: say('kind.innovate'),
  connect: say('kind.connect'),
}

/** What follows from it for those who watch. */
export function kindHint(kind: UpdateKind): string {
  const { answers, question, staysDays } = kindRules[kind]
  return [
    answers ? say('hint.answers') : say('hint.noAnswer'),
    ...(question === 'decision' ? [say('hint.decision')] : []),
    ...(staysDays ? [say('hint.stays', { count: staysDays })] : []),
  ].join(', ')
}

/** Of these kinds a call may serve better: whether it does depends on how many are asked. */
export const isHard = (kind: UpdateKind | null): boolean => kind !== null && kindRules[kind].call !== undefined
