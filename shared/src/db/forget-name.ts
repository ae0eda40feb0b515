import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { deletedPerson } from './deleted-person.ts'

type Named = { id: string; name: string; email: string }
const { id: nobody, name: nobodysName } = deletedPerson

/** A shorter one is a part of too many words to be replaced where it does not stand behind an @. */
const shortestPlainName = 3

/** As a first workspace is called by itself. */
const ownWorkspace = (name: string) => `${name}'s workspace`
const asJson = (text: string) => JSON.stringify(text)

/**
 * In the audit log stays what was done, not who they were. The trigger that keeps it lets this transaction through, for what names people.
 * Names are replaced only where it is this person who is named: others may be called the same, or be spoken of with the same words.
 */
async function forgetInAudit(tx: Db, { id, name, email }: Named): Promise<void> {
  await tx.execute(sql`select set_config('meanwhile.erases', 'a person', true)`)
  // What is theirs alone was named by them.
  await tx.execute(
    sql`update audit_events set details = details - 'passkey' where actor_id = ${id} and jsonb_exists(details, 'passkey')`,
  )
  await tx.execute(
    sql`update audit_events set target_name = null where actor_id = ${id} and target_type in ('api-token', 'passkey', 'session')`,
  )
  await tx.execute(
    sql`update audit_events set actor_id = ${nobody}, actor_name = ${nobodysName}, ip = null where actor_id = ${id}`,
  )
  await tx.execute(
    sql`update audit_events set target_id = ${nobody}, target_name = ${nobodysName},
      ip = case when actor_id is null or actor_id = ${nobody} then null else ip end where target_id = ${id}`,
  )
  await tx.execute(sql`update audit_events set target_name = 'a deleted update' where target_name is not null and target_type = 'update'
    and target_id in (select id::text from updates where author_id = ${id})`)
  const isOfPlaces = sql`workspace_id in (select workspace_id from members where user_id = ${id})`
  // The name of a file was written down until 2026-11, and may be theirs.
  await tx.execute(sql`update audit_events set details = details - 'file'
    where action in ('workspace.import-begun', 'workspace.import-requested') and jsonb_exists(details, 'file') and ${isOfPlaces}`)
  await tx.execute(sql`update audit_events set target_name = 'Workspace'
    where target_type = 'workspace' and target_name = ${ownWorkspace(name)} and ${isOfPlaces}`)
  const renamed = sql`replace(details::text, ${asJson(ownWorkspace(name))}, ${asJson('Workspace')})`
  await tx.execute(
    sql`update audit_events set details = (${renamed})::jsonb where action = 'workspace.renamed' and details::text <> ${renamed} and ${isOfPlaces}`,
  )
  const details = sql`replace(replace(details::text, ${id}, ${nobody}), ${email}, 'deleted')`
  await tx.execute(sql`update audit_events set details = (${details})::jsonb where details::text <> ${details}`)
  await tx.execute(sql`select set_config('meanwhile.erases', '', true)`)
}

/** Where others named them so that they were told of it, the text names nobody. */
async function forgetInTexts(tx: Db, { id, name }: Named): Promise<void> {
  const isNamed = sql`in (select comment_id from mentions where user_id = ${id})`
  const mention = sql`replace(text, ${`@${name}`}, ${`@${nobodysName}`})`
  const text = name.length < shortestPlainName ? mention : sql`replace(${mention}, ${name}, ${nobodysName})`
  await tx.execute(sql`update comments set text = ${text}, draft_hash = null where id ${isNamed}`)
  await tx.execute(sql`update comment_versions set text = ${text} where comment_id ${isNamed}`)
}

/** What was written by itself to others, and to rooms, goes with the name in it: it was read long ago, or is in the app. */
async function forgetInMessages(tx: Db, { id, name }: Named): Promise<void> {
  const places = sql`select workspace_id from members where user_id = ${id}`
  await tx.execute(
    sql`delete from mails where kind in ('digest', 'reminder', 'urgent') and position(${name} in subject || ' ' || text) > 0
      and user_id in (select user_id from members where workspace_id in (${places}))`,
  )
  const rooms = sql`target_id in (select post_targets.id from post_targets join channels on channels.id = channel_id where workspace_id in (${places}))`
  const saysSo = sql`position(${name} in body) > 0 and ${rooms}`
  await tx.execute(sql`delete from channel_posts where next_attempt_at is not null and ${saysSo}`)
  await tx.execute(sql`update channel_posts set body = '' where ${saysSo}`)
  await tx.execute(sql`delete from delivery_rules where user_id = ${id}`)
  await tx.execute(sql`delete from busy_calendars where user_id = ${id}`)
}

/** What somebody said in the logs of decisions goes; once more at the end of an erasure, for what was closed meanwhile. */
export async function forgetLogged(tx: Db, userId: string): Promise<void> {
  await tx.execute(sql`select set_config('meanwhile.erases', 'a person', true)`)
  await tx.execute(sql`update decision_log_parts set salt = null, value = null, user_id = null where user_id = ${userId}`)
  await tx.execute(sql`select set_config('meanwhile.erases', '', true)`)
}

/**
 * The logs of decisions keep that something was decided, and the hashes of it; what they said there goes, and where others named them their
 * name. Without the salt nobody can find out what it was by trying.
 */
async function forgetInDecisions(tx: Db, { id, name }: Named): Promise<void> {
  await tx.execute(sql`delete from decision_votes where user_id = ${id}`)
  await forgetLogged(tx, id)
  await tx.execute(sql`select set_config('meanwhile.erases', 'a person', true)`)
  const isNamed = sql`exists (select from decision_log join mentions on mentions.comment_id = decision_log.comment_id
    where decision_log.id = entry_id and mentions.user_id = ${id})`
  const said = asJson(name).slice(1, -1)
  const plain = name.length < shortestPlainName ? sql`value::text` : sql`replace(value::text, ${said}, ${nobodysName})`
  const value = sql`replace(${plain}, ${`@${said}`}, ${`@${nobodysName}`})`
  await tx.execute(sql`update decision_log_parts set salt = null, value = (${value})::jsonb
    where name = 'what' and value is not null and value::text <> ${value} and ${isNamed}`)
  await tx.execute(sql`select set_config('meanwhile.erases', '', true)`)
}

/**
 * Files that were made before have them still, and reports may say what they made. An import goes on for whoever asked for it, from its
 * beginning: it reads anew who was erased, and what it was about to make is not made.
 */
async function forgetInTransfers(tx: Db, { id, name }: Named): Promise<void> {
  const isOfPlaces = sql`workspace_id in (select workspace_id from members where user_id = ${id})`
  await tx.execute(sql`update transfers set expires_at = now() where created_by_id = ${id}
    or (${isOfPlaces} and (kind = 'export' or state = 'done'))`)
  await tx.execute(sql`update transfers set state = 'waiting', lease_id = null, lease_until = null, progress = 0,
    attempts = greatest(attempts - 1, 0) where kind = 'import' and state = 'running' and created_by_id <> ${id} and ${isOfPlaces}`)
  await tx.execute(
    sql`update transfers set name = null where position(${name} in name) > 0 and created_by_id <> ${id} and ${isOfPlaces}`,
  )
}

/** What was sent to them or says their name, and files that do: mails, invitations, messages to webhooks, exports. */
async function forgetInSent(tx: Db, person: Named): Promise<void> {
  const { id, name, email } = person
  const places = sql`select workspace_id from members where user_id = ${id}`
  const says = (text: SQL) => sql`(position(${email} in ${text}) > 0 or position(${name} in ${text}) > 0)`
  await tx.execute(
    sql`delete from mails where user_id = ${id} or recipient = ${email} or (workspace_id in (${places}) and ${says(sql`subject || text`)})`,
  )
  await tx.execute(sql`update invitations set email = null where email = ${email}`)
  await tx.execute(sql`delete from share_codes where email = ${email}`)
  await tx.execute(
    sql`delete from webhook_deliveries where webhook_id in (select id from webhooks where workspace_id in (${places}))
      and (position(${id} in body) > 0 or ${says(sql`body`)})`,
  )
  await forgetInTransfers(tx, person)
}

/** Nobody calls them any more, by no number that may be theirs. */
const forgetInAgreements = (tx: Db, { id }: Named) =>
  tx.execute(sql`update agreements set content = jsonb_set(content, '{contacts}', (
    select coalesce(jsonb_agg(case when contact ->> 'personId' = ${id} or contact ->> 'backupId' = ${id}
      then replace(contact::text, to_jsonb(${id}::text)::text, 'null')::jsonb || '{"how": ""}' else contact end order by place), '[]')
    from jsonb_array_elements(content -> 'contacts') with ordinality as each (contact, place)))
    where position(${id} in content::text) > 0`)

/** From here on nothing says who somebody was: their row has another name and address until it goes too. */
export async function forgetName(tx: Db, person: Named): Promise<void> {
  await forgetInAudit(tx, person)
  await forgetInDecisions(tx, person)
  await forgetInTexts(tx, person)
  await forgetInMessages(tx, person)
  await forgetInSent(tx, person)
  await forgetInAgreements(tx, person)
  await tx.execute(
    sql`update workspaces set name = 'Workspace' where name = ${ownWorkspace(person.name)} and id in (select workspace_id from members where user_id = ${person.id})`,
  )
  await tx.execute(
    sql`delete from verifications where position(${person.email} in identifier) > 0 or position(${person.email} in value) > 0 or value = ${person.id}`,
  )
  await tx.execute(sql`update users set name = ${nobodysName}, email = gen_random_uuid() || '@person.invalid', email_verified = false,
    image = null, picture_key = null, rate = null, preferences = '{}', time_zone = null, working_hours = null, days_off = '[]', updated_at = now()
    where id = ${person.id}`)
}
