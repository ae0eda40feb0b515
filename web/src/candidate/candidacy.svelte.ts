import type {
  chooseLanguage,
  chooseTake,
  giveConsent,
  linkEverything,
  readCandidatePage,
  submitAnswers,
  withdrawCandidate,
  writeAnswer,
} from '@meanwhile/shared/contract/candidate'
import type { CandidateLanguage } from '@meanwhile/shared/contract/candidate-invitations'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { apiHeaders, call, problemIn } from '../api.ts'
import type { Recoveries } from '../recovered/recoveries.svelte.ts'
import { untilLoaded } from '../ui/until-loaded.ts'
import { ending, hasArrived, type Shown, type Standing, standingOf } from './standing.ts'

/** What arrives from another device, or is being prepared, is asked for again after this long, in ms. */
const lookAgainMs = 4_000
/** So far ahead browsers can set a timer, in ms. */
const farthestMs = 2 ** 31 - 1

type Opened = { recoveries: Recoveries; close(): void }

/** The interview of a candidate, as the link to it shows it. */
export class Candidacy {
  page = $state.raw<Shown | null>(null)
  /** Why there is nothing to show, or nothing new. */
  problem = $state.raw<Problem | null>(null)
  /** They deleted everything, here and now. */
  isDeleted = $state.raw(false)
  /** A recording goes on: nothing takes its page away. */
  isRecording = $state.raw(false)
  /** What this device sends that was left behind here. */
  recoveries = $state.raw<Recoveries | null>(null)

  /** What is chosen and typed here outlives the page. */
  readonly isKept: boolean = true

  readonly #token: string
  #users = 0
  #opened: Promise<Opened> | null = null
  /** What the clock of the server said, and that of this page then, which nobody sets. */
  #clock: { server: number; page: number } | null = null
  #turn = 0
  #timers: ReturnType<typeof setTimeout>[] = []

  constructor(token: string) {
    this.#token = token
  }

  // Not derived once for all: it outlives the pages that ask.
  get standing(): Standing | null {
    return this.page && standingOf(this.page)
  }
  get end(): ReturnType<typeof ending> {
    return ending(this.problem)
  }
  /** Questions with something on its way from this device. */
  get sending(): ReadonlySet<string> {
    const underWay = this.recoveries?.all.filter(({ state }) => state.name === 'waiting' || state.name === 'sending') ?? []
    return new Set(underWay.map(({ spool }) => spool.note.candidateAnswer?.questionId ?? ''))
  }

  /** The moment by the server's clock, in ms since 1970; moves by itself, so ask again. */
  now(): number {
    return this.#clock ? this.#clock.server + performance.now() - this.#clock.page : Date.now()
  }

  /** From now on this tab asks as this candidate. Returns what ends that; pages that follow each other overlap. */
  begin(): () => void {
    apiHeaders['meanwhile-invitation'] = this.#token
    if (this.#users++ === 0) void this.load()
    return () => {
      if (--this.#users > 0) return
      this.#quiet()
      this.#close()
      delete apiHeaders['meanwhile-invitation']
    }
  }

  async load(): Promise<void> {
    // What is being recorded goes on, also when its time is over: it is read again after that.
    if (this.isRecording) return
    const turn = ++this.#turn
    try {
      const page = await call<typeof readCandidatePage>('GET', '/api/candidate')
      if (turn === this.#turn) this.#show(page)
    } catch (error) {
      if (turn === this.#turn) this.#refuse(problemIn(error))
    }
  }

  /** Letters are in the language that it was read in, and say deadlines by the clock here. @throws {ApiError} */
  async consent(language: CandidateLanguage): Promise<void> {
    const version = this.page?.consentVersion ?? ''
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    this.#show(await call<typeof giveConsent>('POST', '/api/candidate/consent', { body: { version, language, timeZone } }))
  }

  /** Another language for letters. Nobody waits for it, and nothing is said when it fails: the page is in it already. */
  speak(language: CandidateLanguage): void {
    if (!this.page?.consentedAt) return
    void call<typeof chooseLanguage>('PUT', '/api/candidate/language', { body: { language } }).catch(() => undefined)
  }

  /** @throws {ApiError} */
  async write(questionId: string, text: string): Promise<void> {
    const input = { params: { questionId }, body: { text } }
    this.#show(await call<typeof writeAnswer>('PUT', '/api/candidate/answers/:questionId/text', input))
  }

  /** @throws {ApiError} */
  async choose(updateId: string): Promise<void> {
    this.#show(await call<typeof chooseTake>('PUT', '/api/candidate/takes/:takeId/chosen', { params: { takeId: updateId } }))
  }

  /** @throws {ApiError} */
  async submit(): Promise<void> {
    this.#show(await call<typeof submitAnswers>('POST', '/api/candidate/submit'))
  }

  /** Where all of it is for some minutes, as one file. @throws {ApiError} */
  async everything(): Promise<string> {
    return (await call<typeof linkEverything>('POST', '/api/candidate/everything')).url
  }

  /** Deletes all of it: on the server, then on this device. @throws {ApiError} */
  async withdraw(): Promise<void> {
    const candidateId = this.page?.candidateId
    await call<typeof withdrawCandidate>('DELETE', '/api/candidate')
    this.isDeleted = true
    this.#quiet()
    this.#close()
    if (!candidateId) return
    const { forgetHere } = await untilLoaded(() => import('./forget-here.ts'))
    await forgetHere(candidateId, this.page?.workspaceId ?? '')
  }

  #show(page: Shown) {
    this.#turn++
    this.#clock = { server: Date.parse(page.now), page: performance.now() }
    this.page = page
    this.problem = null
    if (page.consentedAt && page.state !== 'revoked') this.#open(page.candidateId)
    this.#lookAgain(page)
  }

  #refuse(problem: Problem) {
    this.problem = problem
    // Who is busy here is not interrupted because nothing answers for a while.
    if (!this.end) this.#timers.push(setTimeout(() => void this.load(), lookAgainMs))
  }

  #lookAgain({ deadlineAt: usual, reopened, takes, state }: Shown) {
    this.#quiet()
    if (this.#users === 0) return
    const isWaiting = takes.some((take) => !hasArrived(take) || !(take.video?.playback.hls ?? true))
    if (isWaiting) this.#timers.push(setTimeout(() => void this.load(), lookAgainMs))
    const deadlineAt = reopened?.until ?? usual
    const leftMs = deadlineAt ? Date.parse(deadlineAt) - this.now() : -1
    const isAhead = leftMs > 0 && leftMs < farthestMs && (reopened || state === 'invited' || state === 'started')
    if (isAhead) this.#timers.push(setTimeout(() => void this.load(), leftMs + 1_000))
  }

  #open(candidateId: string) {
    if (this.#opened || this.#users === 0) return
    const opening = untilLoaded(() => import('../recovered/open-recoveries.ts')).then(({ openRecoveries }) =>
      openRecoveries(candidateId),
    )
    this.#opened = opening
    void opening.then(({ recoveries }) => {
      if (this.#opened === opening) this.recoveries = recoveries
    })
  }

  #close() {
    void this.#opened?.then(({ close }) => close())
    this.#opened = this.recoveries = null
  }

  #quiet() {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer)
  }
}

let kept: { token: string; candidacy: Candidacy } | undefined

/** The interview that a link leads to: it stays while the candidate goes from page to page of it. */
export function candidacyOf(token: string): Candidacy {
  if (kept?.token !== token) kept = { token, candidacy: new Candidacy(token) }
  return kept.candidacy
}
