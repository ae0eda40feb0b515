import * as z from 'zod'
import { emojis } from '../media/emojis.ts'
import { endpoint, MediaMs } from './endpoint.ts'
import { UpdateParams } from './updates.ts'

export const EmojiName = z.enum(emojis).meta({ id: 'Emoji' })

export const ReactionCount = z
  .object({ emoji: EmojiName, count: z.int(), mine: z.boolean().describe('This viewer is one of them') })
  .meta({ id: 'ReactionCount' })
export type ReactionCount = z.infer<typeof ReactionCount>

export const ReactionMark = ReactionCount.extend({
  atMs: z.int().describe('Rounded down to the second: what many felt at once is one mark'),
}).meta({ id: 'ReactionMark' })
export type ReactionMark = z.infer<typeof ReactionMark>

const ofComment = z.object({ commentId: z.uuid(), emoji: EmojiName })

export const addCommentReaction = endpoint({
  method: 'PUT',
  url: '/api/comments/:commentId/reactions/:emoji',
  schema: {
    summary: 'React to a comment; the same again changes nothing',
    tags: ['reactions'],
    params: ofComment,
    response: { 200: z.array(ReactionCount) },
  },
})

export const removeCommentReaction = endpoint({
  method: 'DELETE',
  url: '/api/comments/:commentId/reactions/:emoji',
  schema: {
    summary: 'Take back a reaction to a comment',
    tags: ['reactions'],
    params: ofComment,
    response: { 200: z.array(ReactionCount) },
  },
})

export const listReactions = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/reactions',
  schema: {
    summary: 'Reactions to the moments of an update, in their order',
    tags: ['reactions'],
    params: UpdateParams,
    response: { 200: z.array(ReactionMark) },
  },
})

const ofUpdate = UpdateParams.extend({ emoji: EmojiName })

export const addReaction = endpoint({
  method: 'PUT',
  url: '/api/updates/:updateId/reactions/:emoji',
  schema: {
    summary: 'React to a moment of an update; the same again changes nothing',
    tags: ['reactions'],
    params: ofUpdate,
    body: z.object({ atMs: MediaMs.default(0).describe('0 for an update without a video') }),
    response: { 200: z.array(ReactionMark) },
  },
})

export const removeReaction = endpoint({
  method: 'DELETE',
  url: '/api/updates/:updateId/reactions/:emoji',
  schema: {
    summary: 'Take back a reaction to a moment of an update',
    tags: ['reactions'],
    params: ofUpdate,
    querystring: z.object({ atMs: z.coerce.number().int().min(0).max(86_400_000).default(0) }),
    response: { 200: z.array(ReactionMark) },
  },
})
