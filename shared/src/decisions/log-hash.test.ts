import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { LogEntry, LogPart } from '../contract/decisions.ts'
import { canonical, commitmentOf, hashOf, noHash, verifyLog } from './log-hash.ts'

const workspace = '0198f0c2-7a4e-7c3b-9d52-5f0e6d1a2b3c'
const part = async (name: LogPart['name'], value: Record<string, unknown>): Promise<LogPart> => {
  const salt = crypto.randomUUID()
  return { name, salt, value, commitment: await commitmentOf(salt, name, value) }
}

async function logOf(texts: string[]): Promise<LogEntry[]> {
  const entries: LogEntry[] = []
  for (const [index, text] of texts.entries()) {
    const ids = { workspace, channel: null, decision: crypto.randomUUID(), update: crypto.randomUUID(), supersedes: null }
    const parts = [await part('what', { text, options: null, clip: { fromMs: 1, toMs: 2 } }), await part('by', { name: 'Ada' })]
    const at = new Date(index * 1000).toISOString()
    const entry = {
      v: 1 as const,
      ...ids,
      seq: index + 1,
      kind: 'stated' as const,
      at,
      previous: entries.at(-1)?.hash ?? noHash,
      parts,
    }
    entries.push({ ...entry, hash: await hashOf(entry) })
  }
  return entries
}
const changed = (log: LogEntry[], index: number, change: Partial<LogEntry>) =>
  log.map((entry, at) => (at === index ? { ...entry, ...change } : entry))

test('the same value is the same text, whatever the order of its keys', () => {
  expect(canonical({ b: [1, null, 'é"\n'], a: { d: true, c: 0 } })).toBe('{"a":{"c":0,"d":true},"b":[1,null,"é\\"\\n"]}')
  expect(canonical({ a: { c: 0, d: true }, b: [1, null, 'é"\n'] })).toBe(
    canonical({ b: [1, null, 'é"\n'], a: { d: true, c: 0 } }),
  )
})

test('a commitment is the SHA-256 of the salt, a line break and the canonical JSON', async () => {
  const told = createHash('sha256').update('s\n["by",{"id":"1","name":"Ada"}]').digest('hex')
  expect(await commitmentOf('s', 'by', { name: 'Ada', id: '1' })).toBe(told)
})

test('a log that nobody touched is right, an empty one too', async () => {
  const log = await logOf(['One', 'Two', 'Three'])
  expect(await verifyLog(log)).toEqual({ ok: true, entries: 3, erased: 0, head: log[2]?.hash })
  expect(await verifyLog([])).toEqual({ ok: true, entries: 0, erased: 0, head: noHash })
})

test('every change of every field is found', async () => {
  const log = await logOf(['One', 'Two', 'Three'])
  const other = crypto.randomUUID()
  const [what, by] = log[1]!.parts as [LogPart, LogPart]
  const changes: Partial<LogEntry>[] = [
    ...[{ at: '2020-01-01T00:00:00.000Z' }, { kind: 'closed' as const }, { decision: other }, { update: other }],
    ...[{ supersedes: other }, { channel: other }, { workspace: other }, { seq: 7 }, { previous: noHash }, { hash: noHash }],
    ...[{ parts: [what] }, { parts: [by, what] }, { parts: [{ ...what, commitment: by.commitment }, by] }],
    { parts: [{ ...what, value: { ...what.value, text: 'Too' } }, by] },
    { parts: [{ ...what, salt: 'another' }, by] },
    { parts: [{ ...what, name: 'vote' }, by] },
  ]
  for (const change of changes)
    expect(await verifyLog(changed(log, 1, change)), JSON.stringify(change)).toMatchObject({ ok: false })
})

test('an entry that was left out, put elsewhere or made again with its own hash is found', async () => {
  const log = await logOf(['One', 'Two', 'Three'])
  const [first, second, third] = log as [LogEntry, LogEntry, LogEntry]
  expect(await verifyLog([first, third])).toEqual({ ok: false, seq: 3, why: 'missing' })
  expect(await verifyLog([second, third])).toMatchObject({ ok: false, seq: 2 })
  expect(await verifyLog([first, third, second])).toMatchObject({ ok: false })
  const forged = { ...second, at: '2020-01-01T00:00:00.000Z' }
  expect(await verifyLog([first, { ...forged, hash: await hashOf(forged) }, third])).toEqual({
    ok: false,
    seq: 3,
    why: 'unlinked',
  })
})

test('what was said by somebody who was erased is counted, and the chain still holds', async () => {
  const log = await logOf(['One', 'Two', 'Three'])
  const [what, by] = log[1]!.parts as [LogPart, LogPart]
  const erased = changed(log, 1, { parts: [{ ...what, salt: null, value: null }, by] })
  expect(await verifyLog(erased)).toEqual({ ok: true, entries: 3, erased: 1, head: log[2]?.hash })
})
