import { expect, test } from 'vitest'
import { placeIn } from './wanted-place.ts'

const id = '0199a8f0-1111-7222-8333-944445555666'

test.each([
  [`?channel=${id}`, id],
  [`?channel=${id.toUpperCase()}`, id.toUpperCase()],
  ['?channel=', null],
  ['?channel=design', null],
  [`?channel=${id}0`, null],
  ['', null],
])('%j names the channel %j', (search, channelId) => {
  expect(placeIn(new URLSearchParams(search))).toBe(channelId)
})
