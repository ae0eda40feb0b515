import type { Outcome, VoteChoice } from '@meanwhile/shared/contract/decisions'
import { say } from './words.ts'

/** How a choice is called. */
export function choiceWords(choice: VoteChoice, options: readonly string[] | null): string {
  const number = /^option-(\d)$/.exec(choice)?.[1]
  if (number) return options?.[Number(number) - 1] ?? choice
  return choice === 'agree' ? say('choice.agree') : choice === 'object' ? say('choice.object') : say('choice.abstain')
}

/** What became of a round, in one sentence. */
export function outcomeWords({ result, winners, counts }: Outcome, options: readonly string[] | null): string {
  const names = winners.map((choice) => say('quoted', { text: choiceWords(choice, options) }))
  const [first = '', last = ''] = [names[0], names.at(-1)]
  const votes = counts.find(({ choice }) => choice === winners[0])?.count ?? 0
  const objections = counts.find(({ choice }) => choice === 'object')?.count ?? 0
  switch (result) {
    case 'agreed':
      return say('outcome.agreed')
    case 'objected':
      return say('outcome.objected', { count: objections })
    case 'chosen':
      return say('outcome.chosen', { option: first, count: votes })
    case 'tied': {
      const named = say('and', { others: names.slice(0, -1).join(', '), last })
      return say('outcome.tied', { options: named, votes })
    }
    case 'abstained':
      return say('outcome.abstained')
    case 'unanswered':
      return say('outcome.unanswered')
  }
}
