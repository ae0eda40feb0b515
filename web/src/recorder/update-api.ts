import type { createUpdate as CreateUpdate, deleteUpdate as DeleteUpdate } from '@meanwhile/shared/contract/updates'
import type { Track } from '@meanwhile/shared/contract/videos'
import { ApiError, call } from '../api.ts'
import { RecordingError } from './recording-problem.ts'

/** What a recording becomes: known as soon as it starts, so that its link can be handed out at once. */
export type RecordedUpdate = { id: string; url: string; videoId: string }
type Draft = { updateId: string; title: string; tracks: Track[] }

/** Creates the update that a recording belongs to; doing it twice with the same id creates one. Throws ApiError. */
export async function createUpdate({ updateId, title, tracks }: Draft): Promise<RecordedUpdate> {
  const body = { id: updateId, title, video: { tracks } }
  const { id, url, videoId } = await call<typeof CreateUpdate>('POST', '/api/updates', { body })
  if (!videoId) throw new RecordingError('unknown')
  return { id, url, videoId }
}

/** Deletes an update; that it does not exist is fine. Throws ApiError. */
export async function deleteUpdate(updateId: string): Promise<void> {
  try {
    await call<typeof DeleteUpdate>('DELETE', '/api/updates/:updateId', { params: { updateId } })
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'not-found')) throw error
  }
}

/** "Update — 14 May, Ana", the date as this person writes it. */
export function defaultTitle(name: string, date: Date, locale?: string): string {
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }).format(date)
  const [first] = name.trim().split(/\s+/)
  return `Update — ${day}${first ? `, ${first}` : ''}`
}
