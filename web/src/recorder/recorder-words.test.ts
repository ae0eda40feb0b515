import { expect, test } from 'vitest'
import { platformOf, systemSoundNote } from './setup/system-sound.ts'
import { recorderCommand, recorderKeys, skipsCountdown } from './studio/keys.ts'
import { backOffMs } from './upload/persistently.ts'
import { defaultTitle } from './upload/update-api.ts'

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more })

test('an update is named after the day and the first name, as the person writes dates', () => {
  const day = new Date(2026, 4, 14)
  expect(defaultTitle('Ana Lima', day, 'en-GB')).toBe('Update — 14 May, Ana')
  expect(defaultTitle('Ana Lima', day, 'de')).toBe('Update — 14. Mai, Ana')
  expect(defaultTitle(' ', day, 'en-GB')).toBe('Update — 14 May')
})

test('R records and P pauses, but not with Ctrl, not held down, and not when single keys are off', () => {
  expect(recorderCommand(press('r'), null, true)).toBe('record')
  expect(recorderCommand(press('P'), null, true)).toBe('pause')
  expect(recorderCommand(press('r', { ctrlKey: true }), null, true)).toBeUndefined()
  expect(recorderCommand(press('r', { repeat: true }), null, true)).toBeUndefined()
  expect(recorderCommand(press('r'), null, false)).toBeUndefined()
})

test('every command has a key of its own, which is known', () => {
  expect(new Set(recorderKeys.map(({ key }) => key)).size).toBe(recorderKeys.length)
  for (const { key, command } of recorderKeys) expect(recorderCommand(press(key), null, true)).toBe(command)
  expect(recorderCommand(press('q'), null, true)).toBeUndefined()
})

test('any key skips the countdown except those that say nothing', () => {
  expect(['a', ' ', 'Enter', 'ArrowUp'].every((key) => skipsCountdown(press(key)))).toBe(true)
  expect(['Tab', 'Shift', 'Control'].some((key) => skipsCountdown(press(key)))).toBe(false)
})

test('waiting grows from half a second to half a minute', () => {
  expect([0, 1, 2, 10, 60].map((failures) => backOffMs(failures, 1))).toEqual([500, 1000, 2000, 30_000, 30_000])
  expect(backOffMs(10, 0)).toBe(15_000)
})

test('what can be heard of the computer is told as it is', () => {
  const windows = platformOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36')
  const firefox = platformOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0')
  const linux = platformOf('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36')
  expect(systemSoundNote('screen', windows)).toContain('Also share system audio')
  expect(systemSoundNote('window', windows)).toContain('without its sound')
  expect(systemSoundNote('screen', linux)).toContain('choose Tab')
  expect(systemSoundNote('tab', linux)).toContain('Also share tab audio')
  expect(systemSoundNote('tab', firefox)).toContain('no sound of the computer')
  expect(systemSoundNote('camera', windows)).toBeNull()
})
