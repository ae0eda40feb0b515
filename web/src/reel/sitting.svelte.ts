import type { Problem } from '@meanwhile/shared/contract/problem'
import type { catchUpWithRound, Reel, ReelItem } from '@meanwhile/shared/contract/reel'
import { call, problemIn, type Wire } from '../api.ts'
import { Choices } from '../player/choices.svelte.ts'
import type { Session } from '../session.svelte.ts'
import { Watching } from '../watch/watching.svelte.ts'
import { CardClock } from './card-clock.svelte.ts'
import { Hold } from './hold.ts'

export type ShownItem = Wire<typeof ReelItem>

/** What comes next may not disturb the first frames of what plays. */
const prepareMs = 400

type Prepared = { index: number; watching: Watching; stop: AbortController; open: () => Promise<void> }

/**
 * Plays the updates of a reel as one: while one plays, the next is loaded by another element, which takes over when it has ended. Both
 * elements stay the same, because some browsers let one play only after somebody has touched the page for it.
 */
export class Sitting {
  readonly reel: Wire<typeof Reel>
  readonly onlyUnseen: boolean
  readonly choices: Choices
  /** Which of the items is on the stage; as many as there are when it is over. */
  index = $state.raw(0)
  /** Somebody has begun to play it. */
  started = $state.raw(false)
  /** The update on the stage; null when it is over. */
  watching = $state.raw<Watching | null>(null)
  /** Of a text on the stage. */
  card = $state.raw<CardClock | null>(null)
  /** Ids of what was played to its end here. */
  done = $state.raw<ReadonlySet<string>>(new Set())
  /** Why it could not be said that a round was played to its end. */
  endProblem = $state.raw<Problem | null>(null)

  readonly #session: Session
  readonly #elements = [document.createElement('video'), document.createElement('video')]
  #now: Prepared | null = null
  #next = $state.raw<Prepared | null>(null)
  readonly #hold = new Hold()
  /** It is to play as soon as it can. */
  #isWanted = false
  /** Somebody goes back through it. */
  #isBack = false
  readonly #shortened = new WeakSet<Watching>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(reel: Wire<typeof Reel>, session: Session, onlyUnseen: boolean) {
    this.reel = reel
    this.onlyUnseen = onlyUnseen
    this.#session = session
    this.choices = new Choices(session)
    this.choices.atFirst = reel.playback
    const first = reel.items.findIndex(({ caughtUp }) => !caughtUp)
    this.#show(Math.max(0, first))
  }

  get items(): ShownItem[] {
    return this.reel.items
  }
  get item(): ShownItem | undefined {
    return this.items[this.index]
  }
  get isOver(): boolean {
    return this.index >= this.items.length
  }
  /** Where in the recording on the stage it is; 0 where there is none, or it has ended. */
  get recordedMs(): number {
    const { feed, playback } = this.watching ?? {}
    return feed && playback && !playback.ended ? playback.recordedMs : 0
  }
  /** What waits in the second element, so that it plays at once. */
  get prepared(): Watching | null {
    return this.#next?.watching ?? null
  }
  get how() {
    return { rate: this.choices.rate, skipSilences: this.choices.own?.skipSilences ?? this.reel.playback.skipSilences }
  }
  isDone(item: ShownItem): boolean {
    return item.caughtUp || this.done.has(item.id)
  }
  get caughtUp(): boolean {
    return this.items.every((item) => this.isDone(item))
  }

  /** Begins, or goes on where it was. To be called when somebody presses something. */
  start(): void {
    this.started = true
    for (const media of this.#elements) if (media !== this.#now?.watching.playback.media && !media.src) media.load()
    this.#play()
    this.#prepareSoon()
  }
  pause(): void {
    this.#isWanted = false
    this.card?.pause()
    if (this.watching?.feed) this.watching.playback.pause()
  }
  /** To the next or the one before, and plays it. */
  step(by: 1 | -1): void {
    this.go(Math.max(0, this.index + by))
  }
  go(index: number): void {
    if (index === this.index && this.watching) {
      this.watching.playback.seek(0)
      if (this.card) this.card.ms = 0
      this.start()
      return
    }
    this.started = true
    this.#isBack = index < this.index
    this.#show(Math.min(index, this.items.length))
    if (this.isOver) {
      void this.tellEnd()
      return
    }
    const { watching } = this
    if (watching?.watched.isMissing) {
      this.#passOver(watching)
      return
    }
    if (watching?.watched.problem) this.retry()
    this.#play()
    this.#prepareSoon()
  }
  /** Plays one of them from a recorded moment on, where it was heard until then. */
  resume(index: number, recordedMs: number): void {
    if (index === this.index && this.watching) this.start()
    else this.go(index)
    const { watching } = this
    if (index === this.index && !this.card && watching)
      void watching.settled.then(() => this.watching === watching && watching.playback.seekRecorded(recordedMs))
  }
  /** All of it was heard elsewhere than on the stage. */
  end(): void {
    this.go(this.items.length)
  }
  /** Who has played a round to its end knows what was said in it. */
  async tellEnd(): Promise<void> {
    const roundId = new URLSearchParams(location.search).get('round')
    if (this.reel.from !== 'round' || !roundId || !this.caughtUp) return
    try {
      await call<typeof catchUpWithRound>('PUT', '/api/rounds/:roundId/caught-up', { params: { roundId } })
      this.endProblem = null
    } catch (error) {
      this.endProblem = problemIn(error)
    }
  }
  /** Asks again for what could not be read. */
  retry(): void {
    void this.#now?.open()
  }
  /** While somebody writes or records, nothing is taken from under them; `pauses`: nor does it play. */
  hold(on: boolean, pauses: boolean): void {
    if (on === this.#hold.on) return
    if (!on) {
      this.#hold.end()
      return
    }
    const stops = pauses && this.#plays
    this.#hold.begin(stops ? () => this.#play() : null)
    if (stops) this.pause()
  }
  /** Leaves out the silences, or not, from now on. */
  skip(on: boolean): void {
    const { aids } = this.watching ?? {}
    if (aids) aids.skipping = on
    else this.choices.choose({ skipSilences: on })
  }
  /** It was heard to its end, elsewhere than on the stage. */
  heard(item: ShownItem): void {
    this.done = new Set([...this.done, item.id])
  }
  /** Where only what is new is wanted, what of it was seen is left out, once what helps to watch is there. */
  leaveOutSeen(watching: Watching): void {
    if (!this.onlyUnseen || !watching.aids || this.#shortened.has(watching)) return
    this.#shortened.add(watching)
    if (watching.aids.seen.isPartial) watching.aids.seen.leaveOut()
  }
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#leave(this.#now)
    this.#leave(this.#next)
    this.card?.pause()
  }

  get #plays(): boolean {
    return this.card ? !this.card.paused : this.watching?.playback.media.paused === false
  }

  #play() {
    this.#isWanted = true
    if (this.card) {
      this.card.play()
      this.#open(this.#now?.watching)
      return
    }
    const { watching } = this
    if (!watching) return
    void watching.playback.play()
    // What was not there yet is played as soon as it is.
    const { media } = watching.playback
    if (media.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
      const signal = this.#now!.stop.signal
      media.addEventListener('loadeddata', () => this.watching === watching && this.#isWanted && void watching.playback.play(), {
        once: true,
        signal,
      })
    }
  }

  /** A text counts as seen once it is shown, as on its own page. */
  #open(watching: Watching | undefined) {
    void watching?.watched.report({ ranges: [], positionMs: 0 }, false).catch(() => {})
  }

  #show(index: number) {
    clearTimeout(this.#timer)
    this.#hold.forget()
    const before = this.#now
    this.card?.pause()
    if (this.#next && this.#next.index !== index) {
      this.#leave(this.#next)
      this.#next = null
    }
    const now = this.#next ?? this.#prepare(index, before)
    this.#next = null
    this.#now = now
    const item = this.items[index]
    if (before && now && item?.videoId) this.#takeOver(before, now)
    this.index = index
    this.card = item && !item.videoId ? new CardClock(item.playMs, () => this.#finish(item)) : null
    this.watching = now?.watching ?? null
    this.#leave(before)
    void now?.watching.settled.then(async () => {
      if (this.watching === now.watching) await now.watching.discuss()
    })
  }

  /** It plays before anything is drawn: nobody waits for that. */
  #takeOver(before: Prepared, now: Prepared) {
    const { aids, playback } = now.watching
    const { rate, skipSilences } = this.how
    playback.setRate(rate)
    if (aids && aids.skipping !== skipSilences) aids.skipping = skipSilences
    const [from, to] = [before.watching.playback.media, now.watching.playback.media]
    if (from.readyState > 0) [to.volume, to.muted] = [from.volume, from.muted]
    if (this.started && to.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) void playback.play()
  }

  #prepare(index: number, busy: Prepared | null = this.#now): Prepared | null {
    const item = this.items[index]
    if (!item || this.#closed) return null
    const media = this.#elements.find((element) => element !== busy?.watching.playback.media)
    media?.removeAttribute('poster')
    const watching = item.videoId ? new Watching(item.id, this.#session, media) : new Watching(item.id, this.#session)
    const stop = new AbortController()
    const { playback, watched } = watching
    watching.choices.atFirst = this.reel.playback
    playback.setRate(this.choices.rate)
    playback.media.addEventListener('ended', () => this.watching === watching && this.#finish(item), { signal: stop.signal })
    // It begins where its viewer left it, unless they are through with it.
    const address = new URL(this.isDone(item) ? `/u/${item.id}?t=0` : `/u/${item.id}`, location.href)
    const open = async () => {
      await watching.open(address, { discussed: false })
      if (watched.isMissing) this.#passOver(watching)
    }
    void open()
    return { index, watching, stop, open }
  }

  /** What is gone by now is left to nobody to see. */
  #passOver(watching: Watching) {
    const { item } = this
    if (this.watching !== watching || !item || this.#closed) return
    this.heard(item)
    const to = this.#isBack && this.index > 0 ? this.index - 1 : this.index + 1
    if (this.started || to === this.items.length) this.go(to)
    else this.#show(to)
  }

  #prepareSoon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#next ??= this.#prepare(this.index + 1)
    }, prepareMs)
  }

  #finish(item: ShownItem) {
    this.heard(item)
    this.#hold.pass(() => this.go(this.index + 1))
  }

  #leave(prepared: Prepared | null) {
    prepared?.stop.abort()
    prepared?.watching.close()
  }
}
