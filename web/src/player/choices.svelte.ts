import type { PlaybackChoice, ResolvedPlayback } from '@meanwhile/shared/contract/playback'
import { defaultRate, type Rate } from '@meanwhile/shared/media/rates'
import type { Session } from '../session.svelte.ts'

/** How an update plays for its viewer: as they chose, else as its author says, else as the workspace does. */
export class Choices {
  /** What the API said when it was opened, which holds while it is watched. */
  atFirst = $state.raw<ResolvedPlayback | null>(null)

  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** What the viewer chose for themselves, whatever is watched. */
  get own(): PlaybackChoice | undefined {
    return this.#session.me?.playback
  }
  get rate(): Rate {
    return this.own?.rate ?? this.atFirst?.rate ?? defaultRate
  }

  readonly setRate = (rate: Rate) => this.choose({ rate })

  /** Keeps what the viewer wants from now on, wherever they watch. */
  choose(choice: Partial<PlaybackChoice>) {
    void this.#session.choose(choice)
  }
}
