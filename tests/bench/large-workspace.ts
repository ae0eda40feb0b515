import { connect } from '@meanwhile/shared/db/client'
import { sql } from 'drizzle-orm'
import type { Site } from './site.ts'

export type Size = { members: number; updates: number; comments: number }

/**
 * Fills the workspace of the site's account up to a size: members, twenty channels of which four are private, updates of two years of which
 * each second is a recording, comments, views, and notifications of which everybody has read most.
 */
export async function fillWorkspace(site: Site, { members, updates, comments }: Size): Promise<void> {
  const { db, sql: connection } = connect(site.databaseUrl)
  try {
    await db.execute(sql`
      with new as (
        insert into users (name, email) select 'Person ' || n, 'person-' || n || '@example.org'
        from generate_series((select count(*) from users), ${members} - 1) n returning id)
      insert into members (workspace_id, user_id, role) select workspaces.id, new.id, 'member' from new, workspaces`)
    await db.execute(sql`
      insert into channels (workspace_id, created_by_id, name, is_private)
      select workspaces.id, members.user_id, 'Channel ' || n, n % 5 = 0 from generate_series(1, 20) n, workspaces
      join members on members.workspace_id = workspaces.id and members.role = 'owner'
      where not exists (select from channels)`)
    await db.execute(sql`
      with people as (select array_agg(user_id) ids from members), places as (select array_agg(id) ids from channels),
      new as (
        insert into updates (workspace_id, author_id, channel_id, title, created_at, published_at)
        select workspaces.id, people.ids[1 + n % cardinality(people.ids)],
          case when n % 3 > 0 then places.ids[1 + n % cardinality(places.ids)] end, 'Update ' || n, posted, posted
        from workspaces, people, places, generate_series((select count(*) from updates), ${updates} - 1) n,
          lateral (select now() - n * interval '10 minutes' as posted) moment
        returning id)
      insert into videos (update_id, tracks, finished_segments, duration_ms, finished_at)
      select id, '{main}', '{"main": 1}', 300000, now() from (select id, row_number() over () n from new) numbered where n % 2 = 0`)
    await db.execute(sql`
      with everything as (select array_agg(id order by created_at desc) ids from updates), people as (select array_agg(user_id) ids from members)
      insert into comments (update_id, author_id, owner_id, type, text, at_ms)
      select everything.ids[1 + n % cardinality(everything.ids)], people.ids[1 + n % cardinality(people.ids)],
        case when n % 10 = 0 then people.ids[1 + (n / 10) % cardinality(people.ids)] end, case when n % 10 = 0 then 'question' else 'note' end, 'Comment ' || n, n % 300000
      from everything, people, generate_series((select count(*) from comments), ${comments} - 1) n`)
    await db.execute(sql`
      with reader as (select user_id from members where role = 'owner')
      insert into views (update_id, user_id, seen, counted_at, caught_up_at)
      select id, reader.user_id, '{[0,300000)}', now(), now() from updates, reader where created_at < now() - interval '14 days' on conflict do nothing`)
    await db.execute(sql`
      with people as (select array_agg(user_id) ids from members),
      viewed as (select id, row_number() over () n from updates)
      insert into views (update_id, user_id, seen, counted_at, caught_up_at)
      select viewed.id, people.ids[1 + (viewed.n * 7 + k) % cardinality(people.ids)], '{[0,300000)}', now(), now()
      from viewed, people, generate_series(1, 5) k on conflict do nothing`)
    await db.execute(sql`
      with people as (select array_agg(user_id order by role = 'owner' desc) ids from members)
      insert into notifications (user_id, kind, update_id, comment_id, actor_id, created_at, read_at)
      select people.ids[1 + case when n % 20 = 0 then 0 else n % cardinality(people.ids) end], 'answered', update_id, id, author_id, created_at,
        case when n % 1000 > 0 then now() end
      from people, (select *, row_number() over (order by md5(id::text)) n from comments limit 400000) answers on conflict do nothing`)
    await db.execute(sql`analyze`)
  } finally {
    await connection.end()
  }
}
