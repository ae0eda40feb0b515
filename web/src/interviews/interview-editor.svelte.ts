import type {
  Interview,
  InterviewContent,
  InterviewQuestion,
  readInterview,
  saveInterview,
} from '@meanwhile/shared/contract/interviews'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { readUpdate } from '@meanwhile/shared/contract/updates'
import type { Video, VideoSummary } from '@meanwhile/shared/contract/videos'
import { ApiError, call, problemIn, type Wire } from '../api.ts'
import { followChanges } from '../follow-changes.ts'
import { cleaned, duplicateOf, faultsIn, faultsOf, isSame, moved, newQuestion, type Words } from './interview-content.ts'

/** What is asked arrives whole. */
export type ShownInterview = Omit<Wire<typeof Interview>, 'content'> & { content: InterviewContent }
type Summary = Wire<typeof VideoSummary>

const one = '/api/positions/:positionId/interview'

const summaryOf = ({ id, state, durationMs, playback }: Wire<typeof Video>): Summary => ({
  id,
  state,
  durationMs,
  progress: state === 'ready' ? 1 : 0,
  poster: playback.poster,
  preview: playback.preview,
})

/** What is said before the questions or after them, or the id of one. */
export type Which = string

/** The interview of a position, and what its owner makes of it until they save. */
export class InterviewEditor {
  saved = $state.raw<ShownInterview | undefined>()
  /** What is on the screen; what was typed stays whatever others save meanwhile. */
  draft = $state<InterviewContent>({
    intro: { text: '', videoUpdateId: null },
    questions: [],
    outro: { text: '', videoUpdateId: null },
  })
  problem = $state.raw<Problem | null>(null)
  /** What keeps it from being saved, by the place of the field. */
  faults = $state.raw<Record<string, string>>({})
  /** What somebody else saved while this was changed. */
  theirs = $state.raw<ShownInterview | null>(null)
  /** The videos that it names, by their updates. */
  videos = $state.raw<Record<string, Summary>>({})
  readonly #params: { positionId: string }

  constructor(positionId: string) {
    this.#params = { positionId }
  }

  get isChanged(): boolean {
    return this.saved !== undefined && !isSame(this.saved.content, this.draft)
  }

  partOf(which: Which): Words | InterviewQuestion | undefined {
    if (which === 'intro' || which === 'outro') return this.draft[which]
    return this.draft.questions.find(({ id }) => id === which)
  }

  change(which: Which, part: Partial<InterviewQuestion>): void {
    const changed = this.partOf(which)
    if (changed) Object.assign(changed, part)
  }

  /** @returns the id of the new question */
  add(): string {
    const question = newQuestion()
    this.draft.questions.push(question)
    return question.id
  }

  /** @returns the id of the new question, which comes behind the other */
  duplicate(at: number): string {
    const twin = duplicateOf(this.draft.questions[at] ?? newQuestion())
    this.draft.questions.splice(at + 1, 0, twin)
    return twin.id
  }

  move(at: number, by: 1 | -1): void {
    this.draft.questions = moved(this.draft.questions, at, by)
  }

  remove(at: number): void {
    this.draft.questions.splice(at, 1)
  }

  async load(): Promise<void> {
    try {
      const read = await this.#read()
      const isKnown = this.saved?.revision === read.revision
      if (isKnown) this.saved = read
      if (isKnown || this.isChanged) this.#show(read)
      else this.#take(read)
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** Reads it, and its pictures again when they are made, until the returned function is called. */
  follow(): () => void {
    void this.load()
    return followChanges(
      (type) => type === 'video' || type === 'reconnected',
      () => void this.load(),
    )
  }

  /** False when there is something to correct first, or somebody else saved meanwhile. Throws ApiError. */
  async save(): Promise<boolean> {
    this.faults = faultsIn(this.draft)
    if (!this.saved || Object.keys(this.faults).length > 0) return false
    if (!this.isChanged) return true
    const body = { revision: this.saved.revision, content: cleaned(this.draft) }
    try {
      this.#take((await call<typeof saveInterview>('PUT', one, { params: this.#params, body })) as ShownInterview)
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.faults = faultsOf(error.problem.errors ?? [])
      if (error.code !== 'interview-changed') throw error
      this.theirs = await this.#read()
      return false
    }
  }

  /** What is on the screen is saved in place of what the other one saved. Throws ApiError. */
  async keepMine(): Promise<boolean> {
    if (this.theirs) this.saved = this.theirs
    this.theirs = null
    return this.save()
  }

  /** What the other one saved takes the place of what is on the screen. */
  takeTheirs(): void {
    if (this.theirs) this.#take(this.theirs)
  }

  /** What is on the screen is forgotten. */
  undo(): void {
    if (this.saved) this.#take(this.saved)
  }

  /** Gets to know a video that was just recorded. Throws ApiError. */
  async meet(updateId: string): Promise<void> {
    const { video } = await call<typeof readUpdate>('GET', '/api/updates/:updateId', { params: { updateId } })
    if (video) this.videos = { ...this.videos, [updateId]: video }
  }

  async #read(): Promise<ShownInterview> {
    return (await call<typeof readInterview>('GET', one, { params: this.#params })) as ShownInterview
  }

  #show({ videos }: ShownInterview) {
    this.videos = { ...this.videos, ...Object.fromEntries(videos.map((video) => [video.updateId, summaryOf(video)])) }
  }

  #take(interview: ShownInterview) {
    this.saved = interview
    this.draft = structuredClone(interview.content)
    this.theirs = null
    this.faults = {}
    this.#show(interview)
  }
}
