import type { LogEntry, LogPart } from '../contract/decisions.ts'

/** What the first entry of a log has as the hash of the one before. */
export const noHash = '0'.repeat(64)

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** JSON with the keys in order and no space: the same value is always the same text (RFC 8785, for whole numbers). */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const fields = Object.entries(value as Record<string, Json>).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`
}

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What an entry keeps of a part for ever. Without the salt nobody can guess what it was. */
export const commitmentOf = (salt: string, name: LogPart['name'], value: LogPart['value']): Promise<string> =>
  sha256(`${salt}\n${canonical([name, value as Json])}`)

/** The hash of an entry: of everything in it but what a part says, of which it has the commitments. */
export function hashOf({
  v,
  workspace,
  channel,
  seq,
  kind,
  at,
  decision,
  update,
  supersedes,
  previous,
  parts,
}: Omit<LogEntry, 'hash'>) {
  const kept = parts.map(({ name, commitment }) => [name, commitment])
  return sha256(canonical({ v, workspace, channel, seq, kind, at, decision, update, supersedes, previous, parts: kept }))
}

/** What is wrong with an entry: one before it is missing, it is of another log, it does not follow, it or a part of it was changed. */
export type Wrong = 'missing' | 'elsewhere' | 'unlinked' | 'changed' | 'partChanged'

export type Verified = { ok: true; entries: number; erased: number; head: string } | { ok: false; seq: number; why: Wrong }

/**
 * Checks a whole log, oldest first: every number, every hash, every hash of the one before, and every part that was not erased. That the end
 * was not cut off is seen by who wrote down an earlier `head`: it must be the hash of one of the entries.
 */
export async function verifyLog(entries: readonly LogEntry[]): Promise<Verified> {
  let previous = noHash
  let erased = 0
  for (const [index, entry] of entries.entries()) {
    const wrong = (why: Wrong): Verified => ({ ok: false, seq: entry.seq, why })
    if (entry.seq !== index + 1) return wrong('missing')
    if (entry.workspace !== entries[0]!.workspace || entry.channel !== entries[0]!.channel) return wrong('elsewhere')
    if (entry.previous !== previous) return wrong('unlinked')
    if (entry.hash !== (await hashOf(entry))) return wrong('changed')
    for (const { name, salt, value, commitment } of entry.parts) {
      if (salt === null) erased++
      else if (commitment !== (await commitmentOf(salt, name, value))) return wrong('partChanged')
    }
    previous = entry.hash
  }
  return { ok: true, entries: entries.length, erased, head: previous }
}
