import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { PlaybackChoice } from './playback.ts'

export const Preferences = z
  .object({
    playback: PlaybackChoice.describe('How this person watches'),
    suggested: PlaybackChoice.describe("How this person's updates play for those who chose nothing"),
    shortcuts: z.boolean().describe('Single-key shortcuts'),
    pauseOnTyping: z.boolean().describe('Writing a comment pauses, sending it resumes'),
  })
  .meta({ id: 'Preferences' })
export type Preferences = z.infer<typeof Preferences>

/** As it is stored, but for the speed at which this person watches: what was never chosen is missing. */
export type KeptPreferences = {
  playback?: Partial<Omit<PlaybackChoice, 'rate'>>
  suggested?: Partial<PlaybackChoice>
  shortcuts?: boolean
  pauseOnTyping?: boolean
}

export const readPreferences = endpoint({
  method: 'GET',
  url: '/api/me/preferences',
  schema: { summary: 'What this person chose', tags: ['people'], response: { 200: Preferences } },
})

export const PreferencesChange = z
  .object({
    playback: PlaybackChoice.partial().optional(),
    suggested: PlaybackChoice.partial().optional(),
    shortcuts: z.boolean().optional(),
    pauseOnTyping: z.boolean().optional(),
  })
  .meta({ id: 'PreferencesChange' })
export type PreferencesChange = z.infer<typeof PreferencesChange>

export const changePreferences = endpoint({
  method: 'PATCH',
  url: '/api/me/preferences',
  schema: {
    summary: 'Choose; what is not named stays, null takes a choice back',
    tags: ['people'],
    body: PreferencesChange,
    response: { 200: Preferences },
  },
})

export const WorkspaceSettings = z
  .object({ id: z.uuid(), name: z.string(), playback: PlaybackChoice.describe('For those who chose nothing, after the author') })
  .meta({ id: 'WorkspaceSettings' })
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>

export const readWorkspace = endpoint({
  method: 'GET',
  url: '/api/workspace',
  schema: { summary: 'The workspace of this person', tags: ['people'], response: { 200: WorkspaceSettings } },
})

export const changeWorkspace = endpoint({
  method: 'PATCH',
  url: '/api/workspace',
  schema: {
    summary: 'Change how videos play for those who chose nothing (owner and admins)',
    tags: ['people'],
    body: z.object({ playback: PlaybackChoice.partial() }),
    response: { 200: WorkspaceSettings },
  },
})
