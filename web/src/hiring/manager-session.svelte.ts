import type { PlaybackChoice } from '@meanwhile/shared/contract/playback'
import { Session } from '../session.svelte.ts'

const nowhere = { id: '', name: '' }
const unchosen: PlaybackChoice = { rate: null, skipSilences: null, captions: null }

/** Somebody without an account where the player expects who is signed in. What they choose holds as long as the page. */
export class ManagerSession extends Session {
  constructor() {
    super()
    const nobody = { id: '', name: '', picture: null, email: '', role: 'member', appearance: 'system' } as const
    this.me = { ...nobody, workspace: nowhere, rate: 1, playback: unchosen }
  }

  override async choose(choice: Partial<PlaybackChoice>): Promise<void> {
    const { viewer } = this
    this.me = { ...viewer, playback: { ...viewer.playback, ...choice } }
  }
}
