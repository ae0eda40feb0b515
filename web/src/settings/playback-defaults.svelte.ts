import type { PlaybackChoice } from '@meanwhile/shared/contract/playback'
import type { changePreferences, changeWorkspace, readPreferences, readWorkspace } from '@meanwhile/shared/contract/preferences'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn } from '../api.ts'

type Choice = Partial<PlaybackChoice>

/** How updates play for those who chose nothing: as their author says, else as the workspace does. */
export class PlaybackDefaults {
  /** What this person says of their own updates; null until it has been read. */
  suggested = $state.raw<PlaybackChoice | null>(null)
  /** What the workspace says; null until it has been read. */
  workspace = $state.raw<PlaybackChoice | null>(null)
  /** Why neither is known. */
  problem = $state.raw<Problem | null>(null)

  async load(): Promise<void> {
    this.problem = null
    try {
      const [{ suggested }, { playback }] = await Promise.all([
        call<typeof readPreferences>('GET', '/api/me/preferences'),
        call<typeof readWorkspace>('GET', '/api/workspace'),
      ])
      this.suggested = suggested
      this.workspace = playback
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** @throws {ApiError} */
  async suggest(suggested: Choice): Promise<void> {
    this.suggested = (await call<typeof changePreferences>('PATCH', '/api/me/preferences', { body: { suggested } })).suggested
  }

  /** For owner and admins. @throws {ApiError} */
  async decide(playback: Choice): Promise<void> {
    this.workspace = (await call<typeof changeWorkspace>('PATCH', '/api/workspace', { body: { playback } })).playback
  }
}
