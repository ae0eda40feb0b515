import { expect, test } from 'vitest'
import { playingOf } from './playing-here.ts'

const media = (name: string, change: object = {}) => ({
  name,
  paused: false,
  srcObject: null,
  classList: { contains: () => false } as unknown as DOMTokenList,
  ...change,
})

test('what plays is what a person hears: no camera of a recording, nothing that is seen live, nothing that is paused', () => {
  const isCamera = { contains: (name: string) => name === 'camera' } as unknown as DOMTokenList
  const all = [
    media('update'),
    media('its camera', { classList: isCamera }),
    media('paused answer', { paused: true }),
    media('own picture in the recorder', { srcObject: {} }),
    media('answer'),
  ]
  expect(playingOf(all).map(({ name }) => name)).toEqual(['update', 'answer'])
})
