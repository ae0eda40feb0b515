import type { App } from '@meanwhile/server/app'
import type { CandidateInvitation } from '@meanwhile/shared/contract/candidate-invitations'
import { invitationHeader } from '@meanwhile/shared/contract/invitation-header'
import type { InjectOptions } from 'fastify'
import { type Cut, segmentForm } from './cut.ts'
import type { Person } from './given.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Two questions: one by any recording, twice at most; one in writing or by a recording. */
export const questions = [
  {
    id: 'why',
    text: 'Why this job?',
    ways: ['video', 'audio', 'screen'],
    retakes: 1,
    rubric: [{ id: 'clear', text: 'Is clear' }],
  },
  { id: 'how', text: 'How do you work?', ways: ['text', 'video'] },
]

/** What tests of interviews say first, all of it through the API. */
export function interviewsOn(app: App) {
  async function ask(person: Person | null, method: Method, url: string, payload?: object) {
    const headers = person ? { cookie: person.cookie } : {}
    return app.inject({ method, url, headers, ...(payload && { payload }) })
  }
  async function done(person: Person, method: Method, url: string, payload?: object) {
    const answer = await ask(person, method, url, payload)
    if (answer.statusCode >= 300) throw new Error(`${method} ${url} was answered ${answer.body}`)
    return answer.body === '' ? null : answer.json()
  }

  /** A position of somebody with an interview. @returns its id */
  async function position(owner: Person, content: object = { questions }, title = 'Backend engineer'): Promise<string> {
    const { id } = await done(owner, 'POST', '/api/positions', { title })
    await done(owner, 'PUT', `/api/positions/${id}/interview`, { revision: 1, content })
    return id
  }
  async function invited(owner: Person, positionId: string, ...candidates: object[]): Promise<CandidateInvitation[]> {
    const drafts = candidates.length > 0 ? candidates : [{ name: 'Kim' }]
    return (await done(owner, 'POST', `/api/positions/${positionId}/invitations`, { candidates: drafts })).items
  }

  /** Requests of the candidate whose link it is. */
  function candidate({ url }: Pick<CandidateInvitation, 'url'>) {
    const token = `${url}`.split('/i/')[1] ?? ''
    const send = (options: InjectOptions) =>
      app.inject({ ...options, headers: { ...options.headers, [invitationHeader]: token } })
    const say = (method: Method, path: string, payload?: object) =>
      send({ method, url: `/api/candidate${path}`, ...(payload && { payload }) })
    const page = async () => (await say('GET', '')).json()
    async function sendAll(videoId: string, cut: Cut) {
      for (const number of cut.numbers) {
        const form = await segmentForm(cut, number, {})
        await send({ method: 'PUT', url: `/api/videos/${videoId}/tracks/main/segments/${number}`, ...form })
      }
    }
    const finish = (videoId: string, cut: Cut) => {
      const tracks = { main: { segments: cut.numbers.length - 1 } }
      return send({ method: 'POST', url: `/api/videos/${videoId}/finish`, payload: { tracks } })
    }
    return {
      token,
      send,
      say,
      page,
      consent: async () => say('POST', '/consent', { version: (await page()).consentVersion }),
      write: (questionId: string, text: string) => say('PUT', `/answers/${questionId}/text`, { text }),
      begin: (answer: object, more: object = {}) =>
        send({ method: 'POST', url: '/api/updates', payload: { video: { tracks: ['main'] }, answer, ...more } }),
      sendAll,
      finish,
      async upload(videoId: string, cut: Cut) {
        await sendAll(videoId, cut)
        return finish(videoId, cut)
      },
    }
  }
  return { ask, done, position, invited, candidate }
}
