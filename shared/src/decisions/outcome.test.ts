import { expect, test } from 'vitest'
import type { VoteChoice } from '../contract/decisions.ts'
import { choicesOf, outcomeOf, outcomeWords } from './outcome.ts'

const three = ['Red', 'Green', 'Blue']

test.each<[string, string[] | null, VoteChoice[], string]>([
  ['agreement without a word against it', null, ['agree', 'abstain'], 'Agreed: nobody objected.'],
  ['one objection', null, ['agree', 'agree', 'object'], 'Not agreed: 1 person objected.'],
  ['two objections', null, ['object', 'object'], 'Not agreed: 2 people objected.'],
  ['nobody', null, [], 'Not decided: nobody answered.'],
  ['only abstentions', null, ['abstain'], 'Not decided: everybody who answered abstained.'],
  ['the most votes', three, ['option-2', 'option-2', 'option-1', 'abstain'], 'Chosen: “Green”, by 2 people.'],
  ['one vote', three, ['option-3'], 'Chosen: “Blue”, by 1 person.'],
  ['a tie of two', three, ['option-1', 'option-3'], 'A tie between “Red” and “Blue”, with 1 each: nothing was chosen.'],
  [
    'a tie of all',
    three,
    ['option-3', 'option-1', 'option-2'],
    'A tie between “Red”, “Green” and “Blue”, with 1 each: nothing was chosen.',
  ],
  ['nobody chose', three, [], 'Not decided: nobody answered.'],
  ['all abstained', three, ['abstain', 'abstain'], 'Not decided: everybody who answered abstained.'],
])('%s', (_name, options, choices, words) => {
  expect(outcomeWords(outcomeOf(options, choices, 0), options)).toBe(words)
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
    expect(outcomeWords(outcome, options)).toMatch(/\.$/)
  }
})
