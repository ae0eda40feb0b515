import { afterEach, expect, test, vi } from 'vitest'
import { apiHeaders } from '../../api.ts'
import { newNote } from '../spool/spool-note.ts'
import { createRecorded } from './update-api.ts'

afterEach(() => {
  delete apiHeaders['meanwhile-invitation']
  vi.unstubAllGlobals()
})

test('an answer of a candidate says what it answers, how long ago it began, and by whose invitation', async () => {
  const asked: { headers: Record<string, string>; body: { answer?: { beganMsAgo: number } } }[] = []
  vi.stubGlobal('fetch', async (_: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
    asked.push({ headers, body: JSON.parse(body) })
    return new Response(JSON.stringify({ id: '1', url: '/u/1', videoId: '2' }), { status: 201 })
  })
  apiHeaders['meanwhile-invitation'] = 'token'
  const note = newNote({ userId: 'ana', title: 'Why?', candidateAnswer: { questionId: 'why', way: 'audio' } })
  await createRecorded({ ...note, startedAt: Date.now() - 90_000 })
  // A clock that was set back meanwhile.
  await createRecorded({ ...note, startedAt: Date.now() + 90_000 })
  await createRecorded(newNote({ userId: 'ana', title: 'Monday' }))
  const [first, second, third] = asked
  expect(first?.headers['meanwhile-invitation']).toBe('token')
  expect(first?.body.answer).toMatchObject({ questionId: 'why', way: 'audio' })
  expect(first?.body.answer?.beganMsAgo).toBeGreaterThanOrEqual(90_000)
  expect(second?.body.answer?.beganMsAgo).toBe(0)
  expect(third?.body).not.toHaveProperty('answer')
})
