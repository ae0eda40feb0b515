import type { Readable } from 'node:stream'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { Storage } from '@meanwhile/shared/platform/storage'
import type { ZipWriter } from '@meanwhile/shared/platform/zip-writer'
import { and, eq, isNull } from 'drizzle-orm'
import { candidatesCsv, type ExportedCandidate } from './candidates-csv.ts'
import { fileName } from './sent-file.ts'
import { fileOf, sentZip, textOf } from './sent-zip.ts'

const { interviewAnswers, updates, videos } = schema
type Needs = { db: Db; storage: Storage }

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
    rows.map(async ({ video, ...said }) => ({ ...said, hasVideo: video !== null, key: video && (await fileOf(db, video)) })),
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

/** What candidates handed in as one ZIP. One who deletes theirs meanwhile ends it. */
export function answersZip(needs: Needs, candidates: readonly ExportedCandidate[]): Readable {
  const folderOf = ({ invitation: { name } }: ExportedCandidate, index: number) =>
    candidates.length === 1 ? '' : `${String(index + 1).padStart(3, '0')} ${fileName(name)}/`
  return sentZip(async (zip) => {
    await zip.add('candidates.csv', textOf(candidatesCsv(candidates)), { compress: true })
    for (const [index, each] of candidates.entries()) await addCandidate(needs, zip, each, folderOf(each, index))
  })
}
