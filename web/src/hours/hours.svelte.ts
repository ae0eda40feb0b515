import type { readAgreement } from '@meanwhile/shared/contract/agreement'
import type {
  changeReplacedMeeting,
  createReplacedMeeting,
  deleteReplacedMeeting,
  HoursWeek,
  listReplacedMeetings,
  ReplacedMeeting,
  ReplacedMeetingDraft,
  readHoursGivenBack,
} from '@meanwhile/shared/contract/hours'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn, type Wire } from '../api.ts'

export type Meeting = Wire<typeof ReplacedMeeting>
export type Draft = Required<Wire<typeof ReplacedMeetingDraft>>
export type Week = Wire<typeof HoursWeek>

const all = '/api/replaced-meetings'
const one = '/api/replaced-meetings/:meetingId'
const alike = (name: string) => name.trim().toLowerCase()

/** What the meetings that are not held any more gave back, as this page knows it. */
export class HoursGivenBack {
  /** Undefined until the first answer. */
  now = $state.raw<Answer<typeof readHoursGivenBack> | undefined>()
  meetings = $state.raw<Meeting[]>([])
  problem = $state.raw<Problem | null>(null)
  /** Meetings that the agreement calls replaced. */
  #agreed = $state.raw<string[]>([])

  /** Those of the agreement of which nothing is said here yet. */
  get offered(): string[] {
    const known = new Set(this.meetings.map(({ name }) => alike(name)))
    return [...new Set(this.#agreed)].filter((name) => !known.has(alike(name)))
  }
  /** The week that is told first: the last one, or where nothing is known of it the one that goes on. */
  get told(): Week | undefined {
    const hasBegun = ({ cancelledMs, recordedMs, watchedMs }: Week) => cancelledMs + recordedMs + watchedMs > 0
    const [present, last] = this.now?.weeks ?? []
    return [last, present].find((week) => week && hasBegun(week))
  }

  async load(): Promise<void> {
    try {
      const [agreement] = await Promise.all([call<typeof readAgreement>('GET', '/api/agreement'), this.#read()])
      this.#agreed = agreement.meetings.filter(({ is }) => is === 'replaced').map(({ name }) => name)
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  async #read() {
    const [now, meetings] = await Promise.all([
      call<typeof readHoursGivenBack>('GET', '/api/hours-given-back', { querystring: {} }),
      call<typeof listReplacedMeetings>('GET', all),
    ])
    this.now = now
    this.meetings = meetings
  }

  /** Throws ApiError. */
  async add(body: Draft): Promise<void> {
    await call<typeof createReplacedMeeting>('POST', all, { body })
    await this.#read()
  }
  /** Throws ApiError. */
  async change(meetingId: string, body: Partial<Draft>): Promise<void> {
    await call<typeof changeReplacedMeeting>('PATCH', one, { params: { meetingId }, body })
    await this.#read()
  }
  /** Throws ApiError. */
  async remove(meetingId: string): Promise<void> {
    await call<typeof deleteReplacedMeeting>('DELETE', one, { params: { meetingId } })
    await this.#read()
  }
}
