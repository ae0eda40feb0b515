import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaptionsCorrection } from '@meanwhile/shared/contract/captions'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { type Cue, inOrder, writeCaptions } from '@meanwhile/shared/media/captions'
import { languageName } from '@meanwhile/shared/media/languages'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq, sql } from 'drizzle-orm'
import type { VideoOfUpdate } from '../videos/access.ts'
import { type CaptionsRow, findCaptions } from './queries.ts'

const { assets, captions } = schema
type Deps = { db: Db; storage: Storage }
type Place = { videoId: string; language: string }
/** The place, and whom to tell. */
export type Target = Place & { update: Pick<VideoOfUpdate['update'], 'id' | 'workspaceId'> }

const tell = (tx: Db, { videoId, update }: Target) =>
  notify(tx, update.workspaceId, { type: 'video', updateId: update.id, videoId })

/** Whoever changes captions of a language waits for whoever else does. */
const hold = (tx: Db, { videoId, language }: Place) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`captions ${videoId} ${language}`}, 0))`)

/** Stores cues as WebVTT under a key of their version. */
async function putVtt({ storage }: Deps, videoId: string, version: string, cues: Cue[]): Promise<string> {
  const key = keys.asset(videoId, version, 'captions.vtt')
  const file = join(storage.incomingDir, randomUUID())
  try {
    await writeFile(file, writeCaptions(cues))
    await storage.putFile(key, file)
  } finally {
    await rm(file, { force: true })
  }
  return key
}

/** Keys of objects that nobody names any more once the transaction is committed. */
type Stored = { row: CaptionsRow; isNew: boolean; withdrawn: string[] }

/** Writes captions of the author, whatever was there; the caller holds the place. */
async function write(tx: Db, deps: Deps, target: Target, { cues, label }: { cues: Cue[]; label: string }): Promise<Stored> {
  const { videoId, language } = target
  const ofAuthor = and(eq(captions.videoId, videoId), eq(captions.language, language), eq(captions.source, 'author'))
  const [before] = await tx.delete(captions).where(ofAuthor).returning({ key: captions.key })
  const version = randomUUID()
  const key = await putVtt(deps, videoId, version, cues)
  const row = one(
    await tx.insert(captions).values({ videoId, language, source: 'author', label, version, cues, key }).returning(),
  )
  await tell(tx, target)
  return { row, isNew: !before, withdrawn: before ? [before.key] : [] }
}

/** Stores captions of the author in place of those that the author had in this language. */
export const replaceCaptions = (deps: Deps, target: Target, cues: Cue[], label: string | undefined): Promise<Stored> =>
  deps.db.transaction(async (tx) => {
    await hold(tx, target)
    return write(tx, deps, target, { cues, label: label ?? languageName(target.language) })
  })

/**
 * Corrects what is shown in a language; a transcript becomes captions of the author.
 * @throws {ProblemError} `not-found`, or `captions-conflict` when another version is shown by now
 */
export const correctCaptions = (deps: Deps, target: Target, { version, cues, label }: CaptionsCorrection): Promise<Stored> =>
  deps.db.transaction(async (tx) => {
    await hold(tx, target)
    const shown = await findCaptions(tx, target.videoId, target.language)
    if (!shown) throw new ProblemError('not-found')
    if (shown.version !== version) throw new ProblemError('captions-conflict')
    return write(tx, deps, target, { cues: cues ? inOrder(cues) : shown.cues, label: label ?? shown.label })
  })

/** Deletes what is shown in a language. @returns keys of objects to delete @throws {ProblemError} `not-found` */
export const deleteCaptions = ({ db }: Pick<Deps, 'db'>, target: Target): Promise<string[]> =>
  db.transaction(async (tx) => {
    await hold(tx, target)
    const shown = await findCaptions(tx, target.videoId, target.language)
    if (!shown) throw new ProblemError('not-found')
    const { videoId, language, source, key } = shown
    await tx
      .delete(captions)
      .where(and(eq(captions.videoId, videoId), eq(captions.language, language), eq(captions.source, source)))
    await tx.delete(assets).where(and(eq(assets.videoId, videoId), eq(assets.key, key)))
    await tell(tx, target)
    return [key]
  })
