import { expect, test } from 'vitest'
import { storageOf } from '../../browser-storage.fake.ts'
import { Devices, type Offer } from './devices.svelte.ts'
import { Habits } from './habits.svelte.ts'

const listed = (kind: MediaDeviceKind, deviceId: string, label: string) => ({ kind, deviceId, label }) as MediaDeviceInfo

function computer(list: () => MediaDeviceInfo[]) {
  const memory = storageOf(new Map())
  const media = { enumerateDevices: async () => list(), addEventListener: () => {}, removeEventListener: () => {} }
  return { memory, visit: (offer?: Offer) => new Devices(media, memory, offer) }
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

test('"No microphone", the quality and what was recorded are remembered too', async () => {
  const { visit } = computer(() => [listed('audioinput', 'a', 'USB microphone')])
  visit().choose({ microphone: null, source: 'camera', quality: '720p' })
  const after = visit()
  await after.refresh()
  expect(after.choice).toEqual({ source: 'camera', camera: 'default', microphone: null, quality: '720p' })
})

test('nobody is filmed with their screen who did not choose a camera; the choice is remembered, and "No camera" too', async () => {
  const { visit } = computer(() => [listed('videoinput', 'a', 'Desk camera')])
  const first = visit()
  await first.refresh()
  expect(first.choice.camera).toBeNull()
  first.choose({ camera: 'a' })
  const second = visit()
  await second.refresh()
  expect(second.choice.camera).toBe('a')
  second.choose({ camera: null })
  const third = visit()
  await third.refresh()
  expect(third.choice.camera).toBeNull()
})

test('a recording of sound has no camera, a recording of the camera has one, and the choice for the screen stays', () => {
  const { visit } = computer(() => [])
  const devices = visit()
  devices.choose({ source: 'camera' })
  expect(devices.choice.camera).toBe('default')
  devices.choose({ camera: 'default', source: 'audio' })
  expect(devices.choice.camera).toBeNull()
  devices.choose({ source: 'window' })
  expect(devices.choice.camera).toBe('default')
})

test('a phone offers what it can record: its front or back camera, or sound', async () => {
  const { visit } = computer(() => [listed('videoinput', 'a', 'camera2 1, facing front')])
  const phone = visit({ sources: ['camera', 'audio'], facing: true })
  expect(phone.choice.source).toBe('camera')
  await phone.refresh()
  expect(phone.cameras.map(({ label }) => label)).toEqual(['Front camera', 'Back camera'])
  phone.choose({ camera: 'back' })
  const later = visit({ sources: ['camera', 'audio'], facing: true })
  await later.refresh()
  expect(later.choice.camera).toBe('back')
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
  away.choose({ source: 'tab' })
  list = [listed('audioinput', 'a', 'USB microphone')]
  await away.refresh()
  expect(away.choice.microphone).toBe('a')
})

test.each(['nonsense', '[]', 'null', '{"source":"moon","microphone":7,"quality":9}'])(
  'a damaged memory (%s) is forgotten',
  (text) => {
    const { memory, visit } = computer(() => [])
    memory.setItem('meanwhile.recorder', text)
    expect(visit().choice).toEqual({ source: 'screen', camera: null, microphone: 'default', quality: '1080p' })
  },
)

test('countdown, bubble and notes are remembered', () => {
  const memory = storageOf(new Map())
  const before = new Habits(memory)
  before.countFrom(10)
  before.arrange({ shape: 'rounded', x: 1 })
  before.note('Say hello')
  const { countdown, layout, notes } = new Habits(memory)
  expect({ countdown, layout, notes }).toEqual({
    countdown: 10,
    layout: { shape: 'rounded', size: 'medium', x: 1, y: 1 },
    notes: 'Say hello',
  })
})

test.each(['nonsense', '7', '{"countdown":4,"layout":{"x":-3,"size":"vast"},"notes":1}'])(
  'damaged habits (%s) are forgotten',
  (text) => {
    const memory = storageOf(new Map())
    memory.setItem('meanwhile.recorder.habits', text)
    const { countdown, layout, notes } = new Habits(memory)
    expect({ countdown, layout, notes }).toEqual({
      countdown: 3,
      layout: { shape: 'round', size: 'medium', x: 0, y: 1 },
      notes: '',
    })
  },
)
