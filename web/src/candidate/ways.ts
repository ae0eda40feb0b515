import type { AnswerWay } from '@meanwhile/shared/contract/interviews'
import type { IconName } from '../ui/Icon.svelte'

export const wayIcons: Record<AnswerWay, IconName> = {
  video: 'camera',
  audio: 'microphone',
  text: 'edit',
  screen: 'screen',
  file: 'upload',
}

const order: AnswerWay[] = ['video', 'audio', 'text', 'screen', 'file']

/** The ways of a question in the order in which they are offered; without recording where it was recorded as often as it may be. */
export const offeredWays = (ways: readonly AnswerWay[], mayRecord: boolean): AnswerWay[] =>
  order.filter((way) => ways.includes(way) && (mayRecord || way === 'text'))
