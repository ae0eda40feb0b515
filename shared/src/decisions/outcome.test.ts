import { expect, test } from 'vitest'
import type { Outcome, VoteChoice } from '../contract/decisions.ts'
import { choicesOf, outcomeOf } from './outcome.ts'

const three = ['Red', 'Green', 'Blue']

test.each<[string, string[] | null, VoteChoice[], Outcome['result'], VoteChoice[]?]>([
  ['agreement without a word against it', null, ['agree', 'abstain'], 'agreed'],
  ['one objection', null, ['agree', 'agree', 'object'], 'objected'],
  ['two objections', null, ['object', 'object'], 'objected'],
  ['nobody', null, [], 'unanswered'],
  ['only abstentions', null, ['abstain'], 'abstained'],
  ['the most votes', three, ['option-2', 'option-2', 'option-1', 'abstain'], 'chosen', ['option-2']],
  ['one vote', three, ['option-3'], 'chosen', ['option-3']],
  ['a tie of two', three, ['option-1', 'option-3'], 'tied', ['option-1', 'option-3']],
  ['a tie of all', three, ['option-3', 'option-1', 'option-2'], 'tied', ['option-1', 'option-2', 'option-3']],
  ['nobody chose', three, [], 'unanswered'],
  ['all abstained', three, ['abstain', 'abstain'], 'abstained'],
])('%s', (_name, options, choices, result, winners = []) => {
  expect(outcomeOf(options, choices, 0)).toMatchObject({ result, winners })
})

test('whatever is said in whatever order: every voice is counted once, and the winners have the most', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  for (let round = 0; round < 500; round++) {
    const options = random(2) ? Array.from({ length: 2 + random(7) }, (_, index) => `Option ${index}`) : null
    const all = choicesOf(options)
    const choices = Array.from({ length: random(12) }, () => all[random(all.length)]!)
    const outcome = outcomeOf(options, choices, 3)
    expect(outcome.counts.reduce((sum, { count }) => sum + count, 0)).toBe(choices.length)
    expect(outcomeOf(options, choices.toReversed(), 3)).toEqual(outcome)
    const most = Math.max(0, ...outcome.counts.filter(({ choice }) => choice !== 'abstain').map(({ count }) => count))
    for (const winner of outcome.winners) expect(choices.filter((each) => each === winner)).toHaveLength(most)
    expect(outcome.winners.length > 1).toBe(outcome.result === 'tied')
    expect(outcome.result === 'objected').toBe(!options && choices.includes('object'))
    expect(outcome.result === 'unanswered').toBe(choices.length === 0)
  }
})
