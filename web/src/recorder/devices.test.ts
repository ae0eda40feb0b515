import { expect, test } from 'vitest'
import { Devices } from './devices.svelte.ts'

const listed = (kind: MediaDeviceKind, deviceId: string, label: string) => ({ kind, deviceId, label }) as MediaDeviceInfo

function computer(list: () => MediaDeviceInfo[]) {
  const kept = new Map<string, string>()
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  const media = { enumerateDevices: async () => list(), addEventListener: () => {}, removeEventListener: () => {} }
  return { memory, visit: () => new Devices(media, memory) }
}

test('a microphone is found again by its name, although its id has changed', async () => {
  let id = 'first'
  const { visit } = computer(() => [listed('audioinput', 'default', 'Default'), listed('audioinput', id, 'USB microphone')])
  const before = visit()
  await before.refresh()
  expect(before.microphones).toEqual([{ id: 'first', label: 'USB microphone' }])
  before.choose({ microphone: 'first' })
  id = 'second'
  const after = visit()
  await after.refresh()
  expect(after.choice.microphone).toBe('second')
})

test('"No microphone" and what was recorded are remembered too', async () => {
  const { visit } = computer(() => [listed('audioinput', 'a', 'USB microphone')])
  visit().choose({ microphone: null, source: 'camera' })
  const after = visit()
  await after.refresh()
  expect(after.choice).toEqual({ source: 'camera', camera: 'default', microphone: null, quality: '1080p' })
})

test('a microphone that is not connected today gives way to the default one, and is remembered', async () => {
  let list = [listed('audioinput', 'a', 'USB microphone')]
  const { visit } = computer(() => list)
  const before = visit()
  await before.refresh()
  before.choose({ microphone: 'a' })
  list = []
  const away = visit()
  await away.refresh()
  expect(away.choice.microphone).toBe('default')
  list = [listed('audioinput', 'a', 'USB microphone')]
  await away.refresh()
  expect(away.choice.microphone).toBe('a')
})

test.each(['nonsense', '[]', '{"source":"moon","microphone":7}'])('a damaged memory (%s) is forgotten', (text) => {
  const { memory, visit } = computer(() => [])
  memory.setItem('meanwhile.recorder', text)
  expect(visit().choice).toEqual({ source: 'screen', camera: 'default', microphone: 'default', quality: '1080p' })
})
