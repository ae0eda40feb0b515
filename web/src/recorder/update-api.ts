import type { createUpdate as CreateUpdate, deleteUpdate as DeleteUpdate } from '@meanwhile/shared/contract/updates'
import { call } from '../api.ts'
import { RecordingError } from './recording-problem.ts'

/** What a recording becomes: known as soon as it starts, so that its link can be handed out at once. */
export type RecordedUpdate = { id: string; url: string; videoId: string }

/** Creates the update that a recording belongs to. Throws ApiError. */
export async function createUpdate(title: string): Promise<RecordedUpdate> {
  const body = { title, video: { tracks: ['main' as const] } }
  const { id, url, videoId } = await call<typeof CreateUpdate>('POST', '/api/updates', { body })
  if (!videoId) throw new RecordingError('unknown')
  return { id, url, videoId }
}

export const deleteUpdate = (updateId: string) =>
  call<typeof DeleteUpdate>('DELETE', '/api/updates/:updateId', { params: { updateId } })

/** "Update — 14 May, Ana", the date as this person writes it. */
export function defaultTitle(name: string, date: Date, locale?: string): string {
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }).format(date)
  const [first] = name.trim().split(/\s+/)
  return `Update — ${day}${first ? `, ${first}` : ''}`
}
