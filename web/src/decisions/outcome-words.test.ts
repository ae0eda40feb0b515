import type { VoteChoice } from '@meanwhile/shared/contract/decisions'
import { outcomeOf } from '@meanwhile/shared/decisions/outcome'
import { expect, test } from 'vitest'
import { outcomeWords } from './outcome-words.ts'

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
