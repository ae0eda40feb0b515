import { createHash } from 'node:crypto'

/** What is kept of a token that opens something: its SHA-256. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')
