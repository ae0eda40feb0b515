import * as z from 'zod'
import { EmailDomain } from './email-domain.ts'
import { EmbedSites } from './embed-sites.ts'
import { endpoint } from './endpoint.ts'
import { Name } from './name.ts'
import { PlaybackChoice } from './playback.ts'

export const Appearance = z.enum(['system', 'light', 'dark']).meta({ id: 'Appearance' })
export type Appearance = z.infer<typeof Appearance>

export const Preferences = z
  .object({
    playback: PlaybackChoice.describe('How this person watches'),
    suggested: PlaybackChoice.describe("How this person's updates play for those who chose nothing"),
    shortcuts: z.boolean().describe('Single-key shortcuts'),
    pauseOnTyping: z.boolean().describe('Writing a comment pauses, sending it resumes'),
    appearance: Appearance.describe('`system` follows the device'),
    pairing: z.boolean().describe('Whether this person takes part where a workspace pairs people'),
  })
  .meta({ id: 'Preferences' })
export type Preferences = z.infer<typeof Preferences>

/** As it is stored, but for the speed at which this person watches: what was never chosen is missing. */
export type KeptPreferences = {
  playback?: Partial<Omit<PlaybackChoice, 'rate'>>
  suggested?: Partial<PlaybackChoice>
  shortcuts?: boolean
  pauseOnTyping?: boolean
  appearance?: Appearance
  pairing?: boolean
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
    appearance: Appearance.optional(),
    pairing: z.boolean().optional().describe('False also takes this person out of what still waits for an answer'),
  })
  .meta({ id: 'PreferencesChange' })
export type PreferencesChange = z.infer<typeof PreferencesChange>

export const changePreferences = endpoint({
  method: 'PATCH',
  url: '/api/me/preferences',
  access: 'write',
  schema: {
    summary: 'Choose; what is not named stays, null takes a choice back',
    tags: ['people'],
    body: PreferencesChange,
    response: { 200: Preferences },
  },
})

export const WorkspaceSettings = z
  .object({
    id: z.uuid(),
    name: z.string(),
    playback: PlaybackChoice.describe('For those who chose nothing, after the author'),
    emailDomains: z.array(z.string()).describe('Who joins has an address at one of these; none means at any'),
    retentionDays: z.int().nullable().describe('After so many days an update goes to the trash; null for never'),
    embedSites: z.array(z.string()).describe('Sites whose pages may show updates in a frame; none means any'),
    pairing: z.boolean().describe('Whether every other week two or three people get a question to answer for each other'),
  })
  .meta({ id: 'WorkspaceSettings' })
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>

export const readWorkspace = endpoint({
  method: 'GET',
  url: '/api/workspace',
  schema: { summary: 'The workspace of this person', tags: ['people'], response: { 200: WorkspaceSettings } },
})

export const WorkspaceChange = z
  .object({
    name: Name.optional(),
    playback: PlaybackChoice.partial().optional(),
    emailDomains: z
      .array(EmailDomain)
      .max(50)
      .transform((domains) => [...new Set(domains)])
      .optional(),
    retentionDays: z.int().min(8, 'must be 8 or more: authors are told a week before').max(36_500).nullable().optional(),
    embedSites: EmbedSites.optional(),
    pairing: z.boolean().optional().describe('True: from the next Monday on'),
  })
  .meta({ id: 'WorkspaceChange' })
export type WorkspaceChange = z.infer<typeof WorkspaceChange>

export const changeWorkspace = endpoint({
  method: 'PATCH',
  url: '/api/workspace',
  access: 'admin',
  schema: {
    summary:
      'Change the name of the workspace, how videos play for those who chose nothing, who may join, and which sites may embed (owner and admins)',
    tags: ['people'],
    body: WorkspaceChange,
    response: { 200: WorkspaceSettings },
  },
})
