import { Readable } from 'node:stream'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { tracksOf } from '@meanwhile/shared/db/finish'
import { isEdited } from '@meanwhile/shared/platform/jobs'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { createZip, type ZipWriter } from '@meanwhile/shared/platform/zip-writer'
import { and, eq, isNull } from 'drizzle-orm'
import { candidatesCsv, type ExportedCandidate } from './candidates-csv.ts'

const { assets, interviewAnswers, updates, videos } = schema
type Needs = { db: Db; storage: Storage }

const textOf = (text: string) => Readable.from([Buffer.from(text)])

/** A name that no file system minds, and that leads nowhere else. */
export const fileName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80) || 'Candidate'

/** What a candidate handed in to a question; `key` is null while the file is still being made. */
async function saidBy(db: Db, invitationId: string) {
  const isIt = and(eq(interviewAnswers.invitationId, invitationId), eq(interviewAnswers.isChosen, true))
  const rows = await db
    .select({ questionId: interviewAnswers.questionId, text: updates.body, video: videos })
    .from(interviewAnswers)
    .innerJoin(updates, and(eq(updates.id, interviewAnswers.updateId), isNull(updates.trashedAt)))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .where(isIt)
  return Promise.all(
    rows.map(async ({ video, ...said }) => {
      if (!video) return { ...said, hasVideo: false, key: null }
      const name = isEdited({ ...video, tracks: tracksOf(video) }) ? 'download' : 'original'
      const [made] = await db
        .select({ key: assets.key })
        .from(assets)
        .where(and(eq(assets.videoId, video.id), eq(assets.name, name)))
      return { ...said, hasVideo: true, key: made?.key ?? null }
    }),
  )
}

async function addCandidate({ db, storage }: Needs, zip: ZipWriter, { invitation, content }: ExportedCandidate, folder: string) {
  if (invitation.state !== 'submitted') return
  const said = await saidBy(db, invitation.id)
  for (const [index, question] of content.questions.entries()) {
    const answer = said.find(({ questionId }) => questionId === question.id)
    if (!answer) continue
    const path = `${folder}Question ${index + 1}`
    const asked = question.text ? `${question.text}\r\n\r\n` : ''
    const missing = answer.hasVideo && !answer.key ? 'The recording is still being prepared: export it again later.' : ''
    const words = [answer.text, missing].filter(Boolean).join('\r\n')
    if (words) await zip.add(`${path}.txt`, textOf(`${asked}${words}\r\n`), { compress: true })
    if (answer.key) await zip.add(`${path}.mp4`, await storage.read(answer.key))
  }
}

/**
 * What candidates handed in as one ZIP, made while it is sent: it is kept nowhere, so that nothing of it is left to be erased when a
 * candidate deletes theirs. One who does so meanwhile ends it.
 */
export function answersZip(needs: Needs, candidates: readonly ExportedCandidate[]): Readable {
  const zip = createZip(new Date())
  const folderOf = ({ invitation: { name } }: ExportedCandidate, index: number) =>
    candidates.length === 1 ? '' : `${String(index + 1).padStart(3, '0')} ${fileName(name)}/`
  async function addAll() {
    await zip.add('candidates.csv', textOf(candidatesCsv(candidates)), { compress: true })
    for (const [index, each] of candidates.entries()) await addCandidate(needs, zip, each, folderOf(each, index))
    zip.end()
  }
  addAll().catch((error) => zip.output.destroy(error))
  return zip.output
}
