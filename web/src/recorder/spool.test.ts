import { expect, test } from 'vitest'
import { openSpool } from './spool.ts'

const segment = (number: number) => ({
  track: 'main' as const,
  number,
  bytes: new TextEncoder().encode('abc') as Uint8Array<ArrayBuffer>,
  durationMs: 2000,
})

test('a segment comes out as it went in, with its SHA-256', async () => {
  const spool = await openSpool('video')
  await spool.append(segment(0))
  for await (const out of spool.read(0)) {
    expect(out).toMatchObject(segment(0))
    expect(out.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    break
  }
})

test('a reader gets what is there, then what comes, and ends when the recording is complete', async () => {
  const spool = await openSpool('video')
  await spool.append(segment(0))
  const seen: number[] = []
  const reading = (async () => {
    for await (const { number } of spool.read(0)) seen.push(number)
  })()
  await spool.append(segment(1))
  await spool.append(segment(2))
  await spool.close()
  await reading
  expect(seen).toEqual([0, 1, 2])
  expect(spool.last).toBe(2)
})

test('a second reader can start anywhere', async () => {
  const spool = await openSpool('video')
  for (const number of [0, 1, 2, 3]) await spool.append(segment(number))
  await spool.confirm(2)
  await spool.close()
  const seen: number[] = []
  for await (const { number } of spool.read(1)) seen.push(number)
  expect(seen).toEqual([1, 3])
})

test('a discarded spool is empty and lets its readers go', async () => {
  const spool = await openSpool('video')
  const reading = (async () => {
    for await (const _ of spool.read(0)) throw new Error('there should be nothing')
  })()
  await spool.discard()
  await reading
})
