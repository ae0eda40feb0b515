import { expect, test } from 'vitest'
import { shortcutList } from './shortcut-list.ts'
import { commandFor, type Place } from './shortcuts.ts'

const none = { ctrlKey: false, metaKey: false, altKey: false }
const page: Place = { focus: 'none', inPlayer: false, singleKeys: true }

test.each([
  [' ', { do: 'toggle' }],
  ['k', { do: 'toggle' }],
  ['K', { do: 'toggle' }],
  ['j', { do: 'skip', by: -10_000 }],
  ['l', { do: 'skip', by: 10_000 }],
  ['ArrowLeft', { do: 'skip', by: -5000 }],
  ['ArrowRight', { do: 'skip', by: 5000 }],
  ['<', { do: 'rate', by: -1 }],
  ['>', { do: 'rate', by: 1 }],
  ['0', { do: 'part', of: 0 }],
  ['7', { do: 'part', of: 0.7 }],
  ['Home', { do: 'part', of: 0 }],
  ['End', { do: 'part', of: 1 }],
  ['m', { do: 'mute' }],
  ['f', { do: 'full-screen' }],
  ['c', { do: 'comment' }],
  ['s', { do: 'captions' }],
  ['t', { do: 'theatre' }],
  [',', { do: 'step', by: -1 }],
  ['.', { do: 'step', by: 1 }],
  ['p', { do: 'picture-in-picture' }],
  ['?', { do: 'help' }],
])('%s gives its command', (key, command) => {
  expect(commandFor({ ...none, key }, page)).toEqual(command)
})

test('keys stay with the browser when a modifier is held', () => {
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
    expect(commandFor({ ...none, [modifier]: true, key: 'c' }, page)).toBeUndefined()
  }
})

test('nothing is a shortcut while someone writes', () => {
  for (const key of ['c', ' ', 'ArrowLeft', '5', '?']) {
    expect(commandFor({ ...none, key }, { ...page, focus: 'text' })).toBeUndefined()
  }
})

test('a focused button keeps its space bar, a slider or a menu its arrows too; letters work on both', () => {
  expect(commandFor({ ...none, key: ' ' }, { ...page, focus: 'button' })).toBeUndefined()
  expect(commandFor({ ...none, key: 'ArrowLeft' }, { ...page, focus: 'button' })).toEqual({ do: 'skip', by: -5000 })
  expect(commandFor({ ...none, key: 'ArrowLeft' }, { ...page, focus: 'choice' })).toBeUndefined()
  expect(commandFor({ ...none, key: 'k' }, { ...page, focus: 'choice' })).toEqual({ do: 'toggle' })
})

test('up and down scroll the page, and change the volume only with the focus in the player', () => {
  expect(commandFor({ ...none, key: 'ArrowUp' }, page)).toBeUndefined()
  expect(commandFor({ ...none, key: 'ArrowUp' }, { ...page, inPlayer: true })).toEqual({ do: 'volume', by: 0.1 })
})

test('with single-key shortcuts turned off, letters and digits do nothing and the space bar still plays', () => {
  const off = { ...page, singleKeys: false }
  for (const key of ['k', 'c', '5', '<', '?']) expect(commandFor({ ...none, key }, off)).toBeUndefined()
  expect(commandFor({ ...none, key: ' ' }, off)).toEqual({ do: 'toggle' })
})

test('every key that the help shows does something; what leads through a reel is the business of its page', () => {
  const drawn: Record<string, string> = { Space: ' ', '←': 'ArrowLeft', '→': 'ArrowRight', '↑': 'ArrowUp', '↓': 'ArrowDown' }
  const keys = shortcutList
    .filter(({ what }) => !what.endsWith('in a reel'))
    .flatMap((row) => row.keys.filter((key) => key !== '…'))
  for (const key of keys) {
    expect(commandFor({ ...none, key: drawn[key] ?? key }, { ...page, inPlayer: true }), key).toBeDefined()
  }
})
