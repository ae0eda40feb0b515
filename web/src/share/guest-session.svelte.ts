import type { Me } from '@meanwhile/shared/contract/auth'
import type { PlaybackChoice } from '@meanwhile/shared/contract/playback'
import { whenSignedOut } from '../api.ts'
import { Session } from '../session.svelte.ts'
import type { GuestPart } from './guest-part.svelte.ts'

const key = 'meanwhile.guest.playback'

function rememberedChoice(): PlaybackChoice {
  const none: PlaybackChoice = { rate: null, skipSilences: null, captions: null }
  try {
    return { ...none, ...JSON.parse(localStorage.getItem(key) ?? '{}') }
  } catch {
    return none
  }
}

/** A guest where pages expect who is signed in. What they choose for watching is kept by their browser alone. */
export class GuestSession extends Session {
  override readonly guest: GuestPart

  /** `onended` is told when the link does not open anything any more. */
  constructor(id: string, guest: GuestPart, onended: () => void) {
    super()
    whenSignedOut(onended)
    this.guest = guest
    const nowhere = { id: '', name: '' }
    this.me = {
      id,
      name: guest.name,
      picture: null,
      email: '',
      role: 'member',
      workspace: nowhere,
      rate: 1,
      playback: rememberedChoice(),
      appearance: 'system',
    }
  }

  override get viewer(): Me & { guest: GuestPart } {
    return { ...super.viewer, guest: this.guest }
  }

  override async choose(choice: Partial<PlaybackChoice>): Promise<void> {
    const { viewer } = this
    const playback = { ...viewer.playback, ...choice }
    this.me = { ...viewer, playback }
    try {
      localStorage.setItem(key, JSON.stringify(playback))
    } catch {
      // A browser without storage forgets it with the page.
    }
  }
}
