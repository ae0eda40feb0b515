import type { Outcome, VoteChoice } from '../contract/decisions.ts'

/** What there is to say, in the order in which it is shown. */
export const choicesOf = (options: readonly string[] | null): VoteChoice[] =>
  options
    ? [...options.map((_, index): VoteChoice => `option-${index + 1}` as VoteChoice), 'abstain']
    : ['agree', 'object', 'abstain']

/**
 * What became of a round. Without options nobody may have objected; with them the one with the most votes wins, and a tie is a tie.
 * @param choices the last one of each person @param silent how many of those who decide said nothing
 */
export function outcomeOf(options: readonly string[] | null, choices: readonly VoteChoice[], silent: number): Outcome {
  const counts = choicesOf(options).map((choice) => ({ choice, count: choices.filter((each) => each === choice).length }))
  const said = counts.filter(({ choice, count }) => choice !== 'abstain' && count > 0)
  const of = (result: Outcome['result'], winners: VoteChoice[] = []) => ({ result, winners, counts, silent })
  if (choices.length === 0) return of('unanswered')
  if (said.length === 0) return of('abstained')
  if (!options) return of(said.some(({ choice }) => choice === 'object') ? 'objected' : 'agreed')
  const most = Math.max(...said.map(({ count }) => count))
  const winners = said.filter(({ count }) => count === most).map(({ choice }) => choice)
  return of(winners.length === 1 ? 'chosen' : 'tied', winners)
}
