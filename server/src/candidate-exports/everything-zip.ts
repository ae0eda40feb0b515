import type { Readable } from 'node:stream'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { Storage } from '@meanwhile/shared/platform/storage'
import type { ZipWriter } from '@meanwhile/shared/platform/zip-writer'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { stateOf } from '../candidates/state.ts'
import type { Candidate } from '../session.ts'
import { fileOf, sentZip, textOf } from './sent-zip.ts'

const { interviewAnswers, updates, videos } = schema
type Needs = { db: Db; storage: Storage }
const dayMs = 86_400_000

/** A take of a candidate; `number` is that of its question from 1, 0 for one that is not asked any more. */
type Kept = {
  number: number
  question: string
  answer: typeof interviewAnswers.$inferSelect
  text: string
  isComplete: boolean
  /** Without what it ends in. */
  path: string
  hasVideo: boolean
  /** Null where there is none, or none yet. */
  key: string | null
}

async function keptOf(db: Db, { id, interview }: Candidate): Promise<Kept[]> {
  const rows = await db
    .select({ answer: interviewAnswers, text: updates.body, publishedAt: updates.publishedAt, video: videos })
    .from(interviewAnswers)
    .innerJoin(updates, eq(updates.id, interviewAnswers.updateId))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .where(eq(interviewAnswers.invitationId, id))
    .orderBy(asc(interviewAnswers.createdAt), asc(interviewAnswers.updateId))
  const { questions } = interview.content
  const takes = new Map<number, number>()
  const kept: Kept[] = []
  for (const { answer, text, publishedAt, video } of rows) {
    const { questionId } = answer
    const number = questions.findIndex((question) => question.id === questionId) + 1
    const take = (takes.get(number) ?? 0) + 1
    takes.set(number, take)
    kept.push({
      number,
      question: questions[number - 1]?.text ?? '',
      answer,
      text,
      isComplete: publishedAt !== null,
      path: `Question ${number}, take ${take}`,
      hasVideo: video !== null,
      key: video && (await fileOf(db, video)),
    })
  }
  return kept.toSorted((a, b) => a.number - b.number)
}

/** What an answer is called in the ZIP; null for what is not there yet. */
function fileIn({ path, hasVideo, key }: Kept): string | null {
  if (hasVideo) return key && `${path}.mp4`
  return `${path}.txt`
}

/** What is known of a candidate, and what happens to it. Nothing of who reviews. */
function aboutYou({ invitation: row, position, workspace }: Candidate, kept: readonly Kept[], now: Date) {
  const isSubmitted = stateOf(row, kept.filter(({ answer }) => answer.isChosen).length, now) === 'submitted'
  const handedInAt = isSubmitted ? (row.submittedAt ?? row.deadlineAt) : null
  const { closedAt, deleteAfterDays } = position
  return {
    name: row.name,
    email: row.email,
    language: row.language,
    timeZone: row.timeZone,
    workspace: workspace.name,
    position: position.title,
    invitedAt: row.createdAt,
    cameByOpenLink: row.isByOpenLink,
    getsLetters: row.byMail,
    answerUntil: row.deadlineAt,
    granted: { extraTimePercent: row.extraTimePercent, mayWrite: row.mayWrite },
    consent: row.consentedAt && { version: row.consentVersion, at: row.consentedAt },
    handedInAt,
    answers: kept.map((each) => ({
      question: each.question,
      way: each.answer.way,
      madeAt: each.answer.createdAt,
      isComplete: each.isComplete,
      isChosen: each.answer.isChosen || each.answer.isNext,
      file: fileIn(each),
    })),
    deletion: {
      daysAfterPositionIsClosed: deleteAfterDays,
      positionClosedAt: closedAt,
      at: closedAt && new Date(closedAt.getTime() + deleteAfterDays * dayMs),
    },
  }
}

async function addTake(storage: Storage, zip: ZipWriter, { question, path, text, hasVideo, isComplete, key }: Kept) {
  const missing = hasVideo && isComplete && !key ? 'The recording is still being prepared: download everything again later.' : ''
  const words = [text, missing].filter(Boolean).join('\r\n')
  if (words) await zip.add(`${path}.txt`, textOf(`${question ? `${question}\r\n\r\n` : ''}${words}\r\n`), { compress: true })
  if (key) await zip.add(`${path}.mp4`, await storage.read(key))
}

/** All that is stored of a candidate as one ZIP, for themselves: every take, and what else is known of them. */
export async function everythingZip({ db, storage }: Needs, candidate: Candidate, now: Date): Promise<Readable> {
  const kept = await keptOf(db, candidate)
  const about = JSON.stringify(aboutYou(candidate, kept, now), null, 2)
  return sentZip(async (zip) => {
    await zip.add('about-you.json', textOf(`${about}\n`), { compress: true })
    for (const take of kept) await addTake(storage, zip, take)
  })
}
