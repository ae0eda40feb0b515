import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'

const idBytes = 16
const macBytes = 20

/** What a link leads to: a token of one kind is none of another. */
export type LinkKind = 'share-link' | 'invitation' | 'manager-link' | 'open-link'

const macOf = (secret: string, kind: LinkKind, linkId: string) =>
  createHmac('sha256', secret).update(`${kind}:${linkId}`).digest().subarray(0, macBytes)

/**
 * What the address of a link ends in: its id and 160 bits that nobody can guess. It is stored nowhere, so that who has the
 * database opens nothing, and can be made again whenever whoever made it wants to copy it.
 */
export const linkToken = (secret: string, kind: LinkKind, linkId: string): string =>
  Buffer.concat([Buffer.from(linkId.replaceAll('-', ''), 'hex'), macOf(secret, kind, linkId)]).toString('base64url')

/** The id of the link that a token is of; null for one that was never given out. */
export function linkIdIn(secret: string, kind: LinkKind, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== idBytes + macBytes || bytes.toString('base64url') !== token) return null
  const hex = bytes.subarray(0, idBytes).toString('hex')
  const id = z.uuid().safeParse(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
  if (!id.success) return null
  return timingSafeEqual(bytes.subarray(idBytes), macOf(secret, kind, id.data)) ? id.data : null
}
