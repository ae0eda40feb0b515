import * as z from 'zod'
import { endpoint } from './endpoint.ts'

export const SiteSettings = z
  .object({
    transcription: z
      .object({
        provider: z
          .enum(['openai', 'whisper.cpp'])
          .describe('openai: a service that speaks its protocol; whisper.cpp: on this machine'),
        host: z.string().nullable().describe('Where the sound of recordings is sent; null when it stays on this machine'),
        model: z.string(),
      })
      .nullable()
      .describe('Null: no transcripts are made'),
  })
  .meta({ id: 'SiteSettings' })
export type SiteSettings = z.infer<typeof SiteSettings>

export const readSettings = endpoint({
  method: 'GET',
  url: '/api/settings',
  schema: { summary: 'What the operator has switched on', tags: ['settings'], response: { 200: SiteSettings } },
})
