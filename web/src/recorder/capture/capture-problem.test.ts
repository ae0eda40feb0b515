import { expect, test } from 'vitest'
import { sharingLadder } from './capture-display.ts'
import { deviceError, isRefusal, obstacle, sharingError } from './capture-problem.ts'

const here = { secure: true, sharing: true, devices: true, encoding: true }
const refused = (name: string, message = '') => new DOMException(message, name)

test.each([
  ['camera', 'NotAllowedError', 'camera-blocked'],
  ['microphone', 'NotAllowedError', 'microphone-blocked'],
  ['camera', 'NotFoundError', 'camera-missing'],
  ['microphone', 'NotFoundError', 'microphone-missing'],
  ['camera', 'NotReadableError', 'camera-busy'],
  ['camera', 'OverconstrainedError', 'camera-unsuitable'],
  ['microphone', 'SomethingNewError', 'unknown'],
] as const)('a %s that fails with %s is told as %s', (device, name, problem) => {
  expect(deviceError(device, refused(name)).problem.name).toBe(problem)
})

test('closing the picker is no problem and ends the ladder', () => {
  const closed = refused('NotAllowedError', 'Permission denied')
  expect(sharingError(closed)).toBeNull()
  expect(isRefusal(closed)).toBe(true)
})

test('a system that forbids recording the screen is a problem, and asking again would not help', () => {
  const forbidden = refused('NotAllowedError', 'Permission denied by system')
  expect(sharingError(forbidden)?.problem.name).toBe('screen-blocked')
  expect(isRefusal(forbidden)).toBe(true)
})

test('a screen that cannot be captured as we like it is asked for again with fewer wishes', () => {
  expect(isRefusal(refused('NotReadableError'))).toBe(false)
  expect(isRefusal(new TypeError('unsupported'))).toBe(false)
  expect(sharingError(refused('NotReadableError'))?.problem.name).toBe('screen-unavailable')
  const [preferred, plain, silent] = sharingLadder('tab', '1080p')
  expect(preferred).toMatchObject({ video: { displaySurface: 'browser' }, systemAudio: 'include' })
  expect(plain).toEqual({ video: true, audio: true })
  expect(silent).toEqual({ video: true, audio: false })
})

test.each([
  ['nothing is in the way', 'screen', here, null],
  ['a page without https', 'screen', { ...here, secure: false }, 'insecure-context'],
  ['a browser without WebCodecs', 'camera', { ...here, encoding: false }, 'unsupported-browser'],
  ['a phone that cannot share its screen', 'tab', { ...here, sharing: false }, 'no-screen-sharing'],
  ['the same phone with its camera', 'camera', { ...here, sharing: false }, null],
  ['the same phone with its microphone', 'audio', { ...here, sharing: false }, null],
] as const)('%s', (_, source, surroundings, expected) => {
  expect(obstacle(source, surroundings)).toBe(expected)
})
