import type { CaptionsWithCues, CaptionTrack, readCaptions } from '@meanwhile/shared/contract/captions'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { ApiError, call, problemIn, type Wire } from '../../api.ts'
import type { MenuEntry } from '../../ui/MenuButton.svelte'
import { untilDone } from '../../ui/until-done.ts'
import type { Choices } from '../choices.svelte.ts'
import type { Playback } from '../playback.ts'
import { remember, remembered } from '../preferences.ts'
import { say } from '../words.ts'
import { areShown, type Choice, choiceOf, nextChange, textAt, trackFor } from './cues.ts'

type Tracks = readonly Wire<typeof CaptionTrack>[]

const soonMs = 1000
const sizes = ['small', 'medium', 'large', 'huge'] as const
const grounds = ['box', 'shade', 'none'] as const
/** How a viewer wants captions to look. */
export type CaptionLook = { size: (typeof sizes)[number]; ground: (typeof grounds)[number] }

/** The captions of a video as this viewer sees them. Moments are recorded ones, in ms. */
export class CaptionView {
  /** Those that are chosen, with what they say; undefined until they have been read. */
  captions = $state.raw<Wire<typeof CaptionsWithCues> | undefined>()
  /** Why they could not be read. */
  problem = $state.raw<Problem | null>(null)
  look = $state.raw<CaptionLook>({
    size: sizes.find((size) => size === remembered('caption-size')) ?? 'medium',
    ground: grounds.find((ground) => ground === remembered('caption-ground')) ?? 'box',
  })
  /** Somebody is choosing how they look. */
  styling = $state(false)
  /** Where playback is, exact at every change of what is said. */
  nowMs = $state.raw(0)

  readonly #playback: Playback
  readonly #videoId: () => string | undefined
  readonly #tracks: () => Tracks
  readonly #choices: Choices
  readonly #stop = new AbortController()
  /** What counted when this began, and what of it the viewer had chosen. */
  readonly #atFirst: { choice: Choice; own: Choice }
  #choice = $state.raw<Choice>(null)
  #language = $state.raw(remembered('caption-language'))
  #timer: ReturnType<typeof setTimeout> | undefined
  /** What was asked for last, and how often something was. */
  #asked: string | undefined
  #turn = 0

  constructor(playback: Playback, choices: Choices, videoId: () => string | undefined, tracks: () => Tracks) {
    this.#playback = playback
    this.#videoId = videoId
    this.#tracks = tracks
    this.#choices = choices
    const own = choices.own?.captions ?? null
    this.#atFirst = { choice: own ?? choices.atFirst?.captions ?? null, own }
    this.#choice = this.#atFirst.choice
    const { signal } = this.#stop
    for (const name of ['timeupdate', 'play', 'pause', 'seeking', 'seeked', 'ratechange', 'clockchange'])
      playback.media.addEventListener(name, () => this.#follow(), { signal })
    this.#follow()
  }

  close() {
    this.#stop.abort()
    clearTimeout(this.#timer)
  }

  get tracks(): Tracks {
    return this.#tracks()
  }
  get track(): Wire<typeof CaptionTrack> | undefined {
    return trackFor(this.tracks, this.#language, navigator.languages)
  }
  get shown(): boolean {
    return this.track !== undefined && areShown(this.#choice, this.#playback.muted)
  }
  set shown(on: boolean) {
    const { choice, own } = this.#atFirst
    this.#choice = choiceOf(on, this.#playback.muted, choice)
    this.#choices.choose({ captions: this.#choice === choice ? own : on })
  }
  get text(): string {
    return textAt(this.captions?.cues ?? [], this.nowMs)
  }

  /** Reads what is chosen, unless that has been done. */
  async load(): Promise<void> {
    const { track } = this
    const videoId = this.#videoId()
    const name = nameOf(track?.url)
    if (name === this.#asked) return
    this.#asked = name
    if (track && videoId) await this.#read(videoId, track.language)
    else this.captions = undefined
  }

  retry(): Promise<void> {
    this.#asked = undefined
    return this.load()
  }

  /** Takes what the API answered to a correction. */
  take(captions: Wire<typeof CaptionsWithCues>) {
    this.captions = captions
    this.#follow()
  }

  change(look: Partial<CaptionLook>) {
    this.look = { ...this.look, ...look }
    remember('caption-size', this.look.size)
    remember('caption-ground', this.look.ground)
  }

  /** What the player's menu has of it. */
  get entries(): MenuEntry[] {
    const { tracks, track } = this
    if (!track) return []
    const options = tracks.map(({ language, label }) => ({ value: language, label }))
    const choose = (language: string) => {
      this.#language = language
      remember('caption-language', language)
      this.shown = true
    }
    return [
      { kind: 'switch', label: say('captions'), on: this.shown, hint: 'S', onchange: (on) => (this.shown = on) },
      ...(tracks.length < 2
        ? []
        : [{ kind: 'choice', label: say('captionLanguage'), current: track.language, options, onchange: choose } as const]),
      { kind: 'action', label: say('captionStyle'), onselect: () => (this.styling = true) },
    ]
  }

  async #read(videoId: string, language: string) {
    const turn = ++this.#turn
    const params = { videoId, language }
    const read = async () => {
      try {
        const captions = await call<typeof readCaptions>('GET', '/api/videos/:videoId/captions/:language', { params })
        if (turn !== this.#turn || this.track?.language !== captions.language) return true
        this.problem = null
        this.take(captions)
        return true
      } catch (error) {
        if (turn === this.#turn) this.problem = problemIn(error)
        return !isPassing(error)
      }
    }
    await untilDone(async () => turn !== this.#turn || read(), this.#stop.signal)
  }

  /** The element tells its time four times a second; a change of what is said that is nearer than that is timed. */
  #follow() {
    clearTimeout(this.#timer)
    const { media } = this.#playback
    this.nowMs = this.#playback.recordedMs
    const aheadMs = nextChange(this.captions?.cues ?? [], this.nowMs) - this.nowMs
    if (media.paused || aheadMs > soonMs) return
    this.#timer = setTimeout(() => this.#follow(), Math.max(10, aheadMs / media.playbackRate + 5))
  }
}

/** The same question may be answered later. */
const isPassing = (error: unknown) => error instanceof ApiError && (error.code === 'unreachable' || error.problem.status >= 500)

/** What of a media URL names its content: what comes before that is another every few minutes. */
const nameOf = (url: string | undefined) => url?.split('/').slice(-2).join('/')
