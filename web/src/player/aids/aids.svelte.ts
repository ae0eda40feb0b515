import type { Update } from '@meanwhile/shared/contract/updates'
import type { Video, Waveform } from '@meanwhile/shared/contract/videos'
import type { Range } from '@meanwhile/shared/media/cuts'
import { union } from '@meanwhile/shared/media/intervals'
import { timeCode } from '@meanwhile/shared/media/time-code'
import type { Wire } from '../../api.ts'
import type { MenuEntry } from '../../ui/MenuButton.svelte'
import { untilDone } from '../../ui/until-done.ts'
import { shownChapters } from '../chapters.ts'
import type { Choices } from '../choices.svelte.ts'
import { canBePicture, togglePicture } from '../commands.ts'
import type { Feed } from '../feed.svelte.ts'
import { keepVolume } from '../keep-volume.ts'
import type { Playback } from '../playback.ts'
import { remember } from '../preferences.ts'
import { qualityEntry } from '../qualities.ts'
import type { Command } from '../shortcuts.ts'
import { say } from '../words.ts'
import AidsButtons from './AidsButtons.svelte'
import AidsLayer from './AidsLayer.svelte'
import { CaptionView } from './caption-view.svelte.ts'
import { chapterEntries } from './chapter-entries.ts'
import { Evening } from './evening.svelte.ts'
import { stepFrom } from './frames.ts'
import { jumpOver } from './jump-over.ts'
import { Loop } from './loop.svelte.ts'
import Rail from './Rail.svelte'
import { SeenView } from './seen-view.svelte.ts'
import { forecast, lengthFrom, skipsOf } from './skips.ts'
import { heedStalls } from './stalls.ts'

/** What is known of what is watched. */
export type Known = { video: Wire<typeof Video> | null; update: Wire<typeof Update> | null }

/** The page around a player, where it has one that can make room. */
export type Surroundings = { theatre: boolean }

type Needs = {
  known: Known
  page: Surroundings | null
  choices: Choices
  feed: Feed
}

/** A player that is narrower, in rem, has no room for all of its buttons; the styles of the controls say the same. */
const narrowRem = 34
const remPx = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

/** What helps to watch, and is not needed for the first frame. Times are those of watching, in ms. */
export class Aids {
  readonly Layer = AidsLayer
  readonly Buttons = AidsButtons
  readonly Rail = Rail
  readonly playback: Playback
  readonly evening: Evening
  readonly captions: CaptionView
  readonly seen: SeenView
  readonly loop: Loop
  /** How loud it is where; null until that has been read. */
  wave = $state.raw<Wire<typeof Waveform> | null>(null)
  /** How wide the player is; 0 until that is known. */
  widthPx = $state.raw(0)
  /** How much time was saved here, in ms of the viewer's. */
  savedMs = $state.raw(0)

  readonly #known: Known
  readonly #page: Surroundings | null
  readonly #choices: Choices
  readonly #feed: Feed
  readonly #jumps: ReturnType<typeof jumpOver>
  readonly #stop = new AbortController()
  #isReading = false
  #skipping = $state.raw(false)

  constructor(playback: Playback, { known, page, choices, feed }: Needs) {
    this.playback = playback
    this.#page = page
    this.#known = known
    this.#choices = choices
    this.#feed = feed
    this.#skipping = choices.own?.skipSilences ?? choices.atFirst?.skipSilences ?? false
    const saved = (ms: number) => {
      // Who plays what they have not seen saves nothing by not seeing the rest.
      if (!this.seen.only) this.savedMs += ms
    }
    this.evening = new Evening(playback, () => known.video?.playback.loudness ?? null)
    this.captions = new CaptionView(
      playback,
      choices,
      () => known.video?.id,
      () => known.video?.playback.captions ?? [],
    )
    this.seen = new SeenView(playback, {
      before: () => known.update?.view?.seen ?? [],
      durationMs: () => this.durationMs,
      silences: () => this.silences,
      changed: () => this.#jumps.check(),
    })
    this.loop = new Loop(playback, () => this.durationMs)
    this.#jumps = jumpOver(playback, () => this.#left(), saved)
    keepVolume(playback.media, this.#stop.signal)
    heedStalls(playback.media, () => feed.slowDown(), this.#stop.signal)
  }

  close() {
    this.#stop.abort()
    this.#jumps.stop()
    this.evening.close()
    this.captions.close()
    this.seen.close()
    this.loop.close()
  }

  get durationMs(): number {
    return this.playback.durationMs || (this.#known.video?.durationMs ?? 0)
  }
  /** The silences that can be left out. No derived state: it is asked for outside of components, too. */
  get silences(): Range[] {
    return skipsOf(this.#known.video?.playback.silences ?? [], this.playback.clock, this.durationMs)
  }

  get skipping(): boolean {
    return this.#skipping
  }
  set skipping(on: boolean) {
    this.#skipping = on
    this.#choices.choose({ skipSilences: on })
    this.#jumps.check()
  }
  /** How much of what is still to come will be left out. */
  get silentMs(): number {
    return this.#skipping ? lengthFrom(this.silences, this.playback.ms) : 0
  }
  /** How long it takes, said before it is played; null where nothing makes a difference. */
  get forecast(): string | null {
    const { durationMs, silences, skipping } = this
    return forecast({ durationMs, silentMs: lengthFrom(silences, 0), rate: this.playback.rate, skipping })
  }

  /** Carries out a command that the player itself does not know. Returns what to say of it on the screen. */
  obey(command: Command): string | undefined {
    if (command.do === 'step') {
      this.playback.pause()
      this.playback.seek(stepFrom(this.playback.ms, command.by))
    }
    if (command.do === 'theatre') this.theatre = !this.theatre
    return command.do === 'captions' ? this.#toggleCaptions() : undefined
  }

  #toggleCaptions(): string {
    const { captions } = this
    if (!captions.track) return say('said.noCaptions')
    captions.shown = !captions.shown
    return captions.shown ? say('said.captions', { language: captions.track.label }) : say('said.captionsOff')
  }

  /** The player is as wide as the page, what is said about it below. */
  get theatre(): boolean {
    return this.#page?.theatre ?? false
  }
  set theatre(on: boolean) {
    if (!this.#page) return
    this.#page.theatre = on
    remember('theatre', on ? 'on' : 'off')
  }

  /** Reads how loud it is where, once that is known. */
  async loadWave(): Promise<void> {
    const url = () => this.#known.video?.playback.waveform
    if (!url() || this.#isReading) return
    this.#isReading = true
    // A timeline without it works all the same, and a later answer may have another URL.
    await untilDone(async () => {
      const response = await fetch(url() ?? '').catch(() => null)
      if (response?.ok) this.wave = await response.json().catch(() => null)
      return this.wave !== null
    }, this.#stop.signal)
  }

  /** What the player's menu has of it. */
  get entries(): MenuEntry[] {
    const entries = [this.#skipEntries(), this.#eveningEntries(), this.captions.entries, this.seen.entries, this.#viewEntries()]
    const { video } = this.#known
    const quality = video ? [qualityEntry(video, this.#feed)] : []
    return [...this.#chapterEntries(), ...entries.flat(), { kind: 'line' }, ...quality, { kind: 'line' }]
  }

  /** A page around the player lists them. */
  #chapterEntries(): MenuEntry[] {
    if (this.#page) return []
    return chapterEntries(shownChapters(this.#known.video?.chapters ?? [], this.playback.clock, this.durationMs), this.playback)
  }

  #skipEntries(): MenuEntry[] {
    if (this.silences.length === 0) return []
    const hint = this.savedMs < 1000 ? {} : { hint: say('saved', { time: timeCode(this.savedMs) }) }
    return [{ kind: 'switch', label: say('skipSilences'), on: this.skipping, ...hint, onchange: (on) => (this.skipping = on) }]
  }

  #viewEntries(): MenuEntry[] {
    const looping: MenuEntry = {
      kind: 'switch',
      label: say('loop'),
      on: this.loop.range !== null,
      onchange: (on) => (on ? this.loop.begin() : this.loop.end()),
    }
    const { media, inPicture } = this.playback
    const isNarrow = this.widthPx > 0 && this.widthPx <= narrowRem * remPx()
    const picture: MenuEntry = {
      kind: 'switch',
      label: say('picture'),
      on: inPicture,
      onchange: () => togglePicture(media),
    }
    const always = isNarrow && canBePicture() ? [looping, picture] : [looping]
    // A narrow page is no wider than its player.
    if (!this.#page || matchMedia('(max-width: 56.25rem)').matches) return always
    return [
      ...always,
      { kind: 'switch', label: say('theatre'), on: this.theatre, hint: 'T', onchange: (on) => (this.theatre = on) },
    ]
  }

  #eveningEntries(): MenuEntry[] {
    const { db, on } = this.evening
    if (db === 0) return []
    const hint = `${db > 0 ? '+' : '−'}${Math.abs(Math.round(db))} dB`
    return [{ kind: 'switch', label: say('evenOut'), on, hint, onchange: (next) => (this.evening.on = next) }]
  }

  #left(): Range[] {
    // A range that is looped is wanted whole.
    return this.loop.range ? [] : union(this.#skipping ? this.silences : [], this.seen.skipped)
  }
}
