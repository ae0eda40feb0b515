import * as z from 'zod'
import { Person } from './auth.ts'
import { Empty, endpoint, IsoDate, pageOf, plainText } from './endpoint.ts'

/** Any script, one line. */
const Name = plainText(80)
  .min(1)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters')
const Description = plainText(500)

/** What is told of a channel wherever something is in it. */
export const ChannelName = z
  .object({ id: z.uuid(), name: z.string(), isPrivate: z.boolean(), isArchived: z.boolean() })
  .meta({ id: 'ChannelName' })
export type ChannelName = z.infer<typeof ChannelName>

export const Channel = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    isPrivate: z.boolean().describe('Its members alone see it and what is in it'),
    commentsAllowed: z.boolean(),
    retentionDays: z
      .int()
      .nullable()
      .describe('After so many days an update in it goes to the trash; 0 for never, null for as in the workspace'),
    createdBy: Person.nullable(),
    createdAt: IsoDate,
    archivedAt: IsoDate.nullable().describe('Since then nothing new is posted in it'),
    memberCount: z.int().describe('Of an open channel: everybody in the workspace'),
    canManage: z.boolean().describe('Whether this viewer may rename it, change its rules, archive it'),
  })
  .meta({ id: 'Channel' })
export type Channel = z.infer<typeof Channel>

export const ChannelDraft = z
  .object({ name: Name, description: Description.default(''), isPrivate: z.boolean().default(false) })
  .meta({ id: 'ChannelDraft', example: { name: 'Design', description: 'What we draw', isPrivate: false } })
export type ChannelDraft = z.infer<typeof ChannelDraft>

export const ChannelChange = z
  .object({
    name: Name.optional(),
    description: Description.optional(),
    commentsAllowed: z.boolean().optional(),
    retentionDays: z
      .union([z.literal(0), z.int().min(8, 'must be 8 or more: authors are told a week before').max(36_500)])
      .nullable()
      .optional(),
    archived: z.boolean().optional(),
  })
  .meta({ id: 'ChannelChange', example: { description: 'What we draw, and why' } })
export type ChannelChange = z.infer<typeof ChannelChange>

export const ChannelMember = Person.extend({ joinedAt: IsoDate }).meta({ id: 'ChannelMember' })
export type ChannelMember = z.infer<typeof ChannelMember>

export const ChannelParams = z.object({ channelId: z.uuid() })
const MemberParams = ChannelParams.extend({ userId: z.uuid() })
const Page = { cursor: z.string().max(600).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }

export const listChannels = endpoint({
  method: 'GET',
  url: '/api/channels',
  schema: {
    summary: 'Channels that this viewer sees, by name',
    tags: ['channels'],
    querystring: z.object({
      archived: z.stringbool().optional().describe('Only archived ones, or only the others; left out: all'),
      ...Page,
    }),
    response: { 200: pageOf(Channel) },
  },
})

export const createChannel = endpoint({
  method: 'POST',
  url: '/api/channels',
  schema: {
    summary: 'Create a channel; of a private one its creator is the first member',
    tags: ['channels'],
    body: ChannelDraft,
    response: { 201: Channel },
  },
})

export const readChannel = endpoint({
  method: 'GET',
  url: '/api/channels/:channelId',
  schema: { summary: 'One channel', tags: ['channels'], params: ChannelParams, response: { 200: Channel } },
})

export const changeChannel = endpoint({
  method: 'PATCH',
  url: '/api/channels/:channelId',
  schema: {
    summary:
      'Rename it, change its rules, archive it or take it out of the archive (its creator, the owner and admins who see it)',
    tags: ['channels'],
    params: ChannelParams,
    body: ChannelChange,
    response: { 200: Channel },
  },
})

export const listChannelMembers = endpoint({
  method: 'GET',
  url: '/api/channels/:channelId/members',
  schema: {
    summary: 'Who sees the channel, by name: its members, or of an open one the workspace',
    tags: ['channels'],
    params: ChannelParams,
    querystring: z.object(Page),
    response: { 200: pageOf(ChannelMember) },
  },
})

export const addChannelMember = endpoint({
  method: 'PUT',
  url: '/api/channels/:channelId/members/:userId',
  schema: {
    summary: 'Add a person of the workspace to a private channel (its members)',
    tags: ['channels'],
    params: MemberParams,
    response: { 204: Empty },
  },
})

export const removeChannelMember = endpoint({
  method: 'DELETE',
  url: '/api/channels/:channelId/members/:userId',
  schema: {
    summary: 'Remove a person from a private channel, or leave it (its members)',
    description: 'The last one cannot leave: archive it, or add somebody first.',
    tags: ['channels'],
    params: MemberParams,
    response: { 204: Empty },
  },
})
