import type { ReactionCount } from '@meanwhile/shared/contract/reactions'
import { schema } from '@meanwhile/shared/db/client'
import { sql } from 'drizzle-orm'
import type { Reader } from '../session.ts'

const { comments } = schema

/** Reactions to a comment of the query, counted: in the order in which each was first given. */
export const commentReactionCounts = (viewer: Pick<Reader, 'id'>) =>
  sql<
    ReactionCount[]
  >`(select coalesce(json_agg(json_build_object('emoji', emoji, 'count', count, 'mine', mine) order by since, emoji), '[]')
    from (select emoji, count(*)::int, bool_or(user_id = ${viewer.id}) as mine, min(created_at) as since
      from comment_reactions where comment_id = ${comments.id} group by emoji) counted)`
