import { createHash } from 'node:crypto'

export type Kind = 'person' | 'channel' | 'update' | 'comment' | 'video'

/**
 * The id that something of an export has in a workspace: always the same, so that what is brought twice is made once, and another one in
 * each workspace, so that both may be in the same installation (RFC 9562 §5.8).
 */
export function localId(workspaceId: string, kind: Kind, sourceId: string): string {
  const bytes = createHash('sha256').update(`meanwhile import ${workspaceId} ${kind} ${sourceId}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
