import * as z from 'zod'
import { Named } from './auth.ts'
import { endpoint, IsoDate, pageOf } from './endpoint.ts'

/** What else is known of an event: plain values, never a secret. */
export const AuditDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
export type AuditDetails = z.infer<typeof AuditDetails>

/** What was done, as `thing.happened`. */
export type AuditAction = `${string}.${string}`

export const AuditEvent = z
  .object({
    id: z.uuid(),
    at: IsoDate,
    actor: Named.nullable().describe('Who did it, by their name of that moment; null where nobody was signed in'),
    action: z.string().describe('Such as `member.role-changed`'),
    target: z
      .object({ type: z.string(), id: z.string(), name: z.string().nullable() })
      .nullable()
      .describe('What it was done to, by its name of that moment'),
    details: AuditDetails,
    from: z.string().nullable().describe('The address that the request came from'),
  })
  .meta({ id: 'AuditEvent' })
export type AuditEvent = z.infer<typeof AuditEvent>

export const listAuditEvents = endpoint({
  method: 'GET',
  url: '/api/audit-events',
  access: 'admin',
  schema: {
    summary: 'What was done in the workspace, newest first (owner and admins)',
    tags: ['audit'],
    querystring: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50), cursor: z.string().max(200).optional() }),
    response: { 200: pageOf(AuditEvent) },
  },
})
