import type { Outcome, VoteChoice } from '../contract/decisions.ts'

/** What there is to say, in the order in which it is shown. */
export const choicesOf = (options: readonly string[] | null): VoteChoice[] =>
  options
    ? [...options.map((_, index): VoteChoice => `option-${index + 1}` as VoteChoice), 'abstain']
    : ['agree', 'object', 'abstain']

/** How a choice is called. */
export function choiceWords(choice: VoteChoice, options: readonly string[] | null): string {
  const number = /^option-(\d)$/.exec(choice)?.[1]
  if (number) return options?.[Number(number) - 1] ?? choice
  return choice === 'agree' ? 'Agree' : choice === 'object' ? 'Object' : 'Abstain'
}

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

const people = (count: number) => (count === 1 ? '1 person' : `${count} people`)

/** The same in one sentence. */
export function outcomeWords({ result, winners, counts }: Outcome, options: readonly string[] | null): string {
  const names = winners.map((choice) => `“${choiceWords(choice, options)}”`)
  const count = counts.find(({ choice }) => choice === winners[0])?.count ?? 0
  const objections = counts.find(({ choice }) => choice === 'object')?.count ?? 0
  switch (result) {
    case 'agreed':
      return 'Agreed: nobody objected.'
    case 'objected':
      return `Not agreed: ${people(objections)} objected.`
    case 'chosen':
      return `Chosen: ${names[0]}, by ${people(count)}.`
    case 'tied':
      return `A tie between ${names.slice(0, -1).join(', ')} and ${names.at(-1)}, with ${count} each: nothing was chosen.`
    case 'abstained':
      return 'Not decided: everybody who answered abstained.'
    case 'unanswered':
      return 'Not decided: nobody answered.'
  }
}
