import type {
  createComment as CreateComment,
  deleteComment as DeleteComment,
  readComment,
} from '@meanwhile/shared/contract/comments'
import type { createUpdate as CreateUpdate, deleteUpdate as DeleteUpdate, readUpdate } from '@meanwhile/shared/contract/updates'
import type { Track } from '@meanwhile/shared/contract/videos'
import { ApiError, call } from '../../api.ts'
import { localeHere } from '../../messages/language-here.ts'
import { RecordingError } from '../recording-problem.ts'
import { behalfOf, pathOf, type SpoolNote } from '../spool/spool-note.ts'

/** What a recording becomes: known as soon as it starts, so that its link can be handed out at once. */
export type RecordedUpdate = { id: string; url: string; videoId: string }
/** What names what a recording belongs to, and whose it is: nobody else's session may create, find or delete it. */
export type RecordedName = Pick<SpoolNote, 'updateId' | 'answers' | 'userId' | 'workspaceId'>
type Draft = Pick<SpoolNote, 'round' | 'pairingId' | 'positionId' | 'candidateAnswer' | 'startedAt'> & {
  updateId: string
  title: string
  tracks: Track[]
  channelId?: string | null
  live?: boolean
  imported?: boolean
}

/** As long ago as the API takes it, in ms. */
const longestAgoMs = 7 * 86_400_000

/** Creates what a recording belongs to; doing it twice with the same id creates one. Throws ApiError. */
export function createRecorded(note: SpoolNote): Promise<RecordedUpdate> {
  return note.answers ? createAnswer(note, note.answers) : createUpdate(note, behalfOf(note))
}

/** Deletes what a recording belongs to; that it does not exist is fine. Throws ApiError. */
export function deleteRecorded(name: RecordedName): Promise<void> {
  return (name.answers ? deleteAnswer : deleteUpdate)(name.updateId, behalfOf(name))
}

/** The video of what a recording belongs to; null when the server has nothing of that id. Throws ApiError. */
export async function findRecorded({ updateId, answers, ...whose }: RecordedName): Promise<string | null> {
  const as = behalfOf(whose)
  const found = await unlessGone<{ videoId: string | null }>(
    answers
      ? call<typeof readComment>('GET', '/api/comments/:commentId', { params: { commentId: updateId }, as })
      : call<typeof readUpdate>('GET', '/api/updates/:updateId', { params: { updateId }, as }),
  )
  return found?.videoId ?? null
}

/** What began before the deadline counts, whatever the clock of this device says. */
function answerOf({ candidateAnswer, startedAt }: Draft) {
  const beganMsAgo = Math.min(Math.max(0, Date.now() - startedAt), longestAgoMs)
  return candidateAnswer && { answer: { ...candidateAnswer, beganMsAgo } }
}

/** Creates the update of a person that a video belongs to; doing it twice with the same id creates one. Throws ApiError or RecordingError. */
export async function createUpdate(draft: Draft, as: string): Promise<RecordedUpdate> {
  const { updateId, title, tracks, channelId = null, live = false, imported = false, round, pairingId, positionId } = draft
  const place = { ...round, ...(pairingId && { pairingId }), ...(positionId && { positionId }), ...answerOf(draft) }
  const body = { id: updateId, title, channelId, video: { tracks, imported }, live, ...place }
  const { id, url, videoId } = await call<typeof CreateUpdate>('POST', '/api/updates', { body, as }).catch((error) => {
    throw channelId && isPlaceGone(error) ? new RecordingError('place-gone', { cause: error }) : error
  })
  if (!videoId) throw new RecordingError('unknown')
  return { id, url, videoId }
}

/** The channel was archived since, or is seen by others only. */
const isPlaceGone = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'not-found' || error.code === 'channel-archived')

async function createAnswer(note: SpoolNote, { updateId, ...place }: NonNullable<SpoolNote['answers']>): Promise<RecordedUpdate> {
  const body = { id: note.updateId, text: '', video: { tracks: note.tracks }, ...place }
  const input = { params: { updateId }, body, as: behalfOf(note) }
  const { id, videoId } = await call<typeof CreateComment>('POST', '/api/updates/:updateId/comments', input)
  if (!videoId) throw new RecordingError('unknown')
  return { id, url: new URL(pathOf(note), location.href).href, videoId }
}

/** Deletes an update of a person; that it does not exist is fine. Throws ApiError. */
export const deleteUpdate = (updateId: string, as: string): Promise<void> =>
  deletion(call<typeof DeleteUpdate>('DELETE', '/api/updates/:updateId', { params: { updateId }, as }))

const deleteAnswer = (commentId: string, as: string): Promise<void> =>
  deletion(call<typeof DeleteComment>('DELETE', '/api/comments/:commentId', { params: { commentId }, as }))

async function deletion(request: Promise<unknown>): Promise<void> {
  await unlessGone(request)
}

/** The answer, or null when there is nothing of that id. */
const unlessGone = <T>(request: Promise<T>): Promise<T | null> =>
  request.catch((error) => {
    if (error instanceof ApiError && error.code === 'not-found') return null
    throw error
  })

/** "Update — 14 May, Ana", the date as this person writes it. */
export function defaultTitle(name: string, date: Date, locale = localeHere): string {
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }).format(date)
  const [first] = name.trim().split(/\s+/)
  return `Update — ${day}${first ? `, ${first}` : ''}`
}
