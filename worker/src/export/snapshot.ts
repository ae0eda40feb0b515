import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TransferReport } from '@meanwhile/shared/contract/transfers'
import { type Db, one } from '@meanwhile/shared/db/client'
import { workspaces } from '@meanwhile/shared/db/schema/people'
import { writeCaptions } from '@meanwhile/shared/media/captions'
import * as format from '@meanwhile/shared/platform/workspace-file'
import { eq } from 'drizzle-orm'
import { commentRecords, reactionRecords, viewRecords } from './comment-records.ts'
import { type JsonList, openJsonList } from './json-list.ts'
import { type ListedUpdate, listedUpdate, updatePage } from './pages.ts'
import { namedIn, openPeople } from './people.ts'
import { countUpdates, type ExportedUpdate, exportedChannels, exportedUpdates, type Scope } from './scope.ts'
import { exportedVideos, type MediaFile } from './video-records.ts'

const { filePaths } = format

/** What is in the folder when everything but the media is written: names of files, the list of media, and what to tell. */
export type Snapshot = { files: string[]; mediaFile: string; mediaBytes: number; report: TransferReport; workspaceName: string }

const recordOf = ({
  id,
  authorId,
  channelId,
  title,
  body,
  createdAt,
  editedAt,
  publishedAt,
  kind,
}: ExportedUpdate): format.UpdateRecord => ({
  ...{ id, authorId, channelId, title, body, createdAt: createdAt.toISOString() },
  ...{ editedAt: editedAt?.toISOString() ?? null, publishedAt: publishedAt.toISOString(), kind },
})

/** Files below a folder, written one after the other and remembered. */
function openFolder(dir: string) {
  const files: string[] = []
  async function place(path: string) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    files.push(path)
    return join(dir, path)
  }
  return {
    files,
    list: async <T>(path: string, around?: { before?: string; after?: string }): Promise<JsonList<T>> =>
      openJsonList<T>(await place(path), around),
    write: async (path: string, text: string) => writeFile(await place(path), text, { mode: 0o600, flag: 'wx' }),
  }
}

/** Names of pages are made of ids alone. */
const pagePath = (updateId: string) => `reader/updates/${updateId}.js`

/**
 * Writes what a workspace says at one moment into a folder: a transaction that sees no later change. The media comes afterwards, from
 * the list that is left in `mediaFile`; its objects never change.
 */
export const writeSnapshot = (db: Db, scope: Scope, dir: string, onProgress: (share: number) => void): Promise<Snapshot> =>
  db.transaction((tx) => write(tx, scope, dir, onProgress), { isolationLevel: 'repeatable read', accessMode: 'read only' })

async function write(db: Db, scope: Scope, dir: string, onProgress: (share: number) => void): Promise<Snapshot> {
  const folder = openFolder(dir)
  const workspace = one(await db.select().from(workspaces).where(eq(workspaces.id, scope.workspaceId)))
  const people = await openPeople(db, scope.workspaceId)
  const channels = (await exportedChannels(db, scope)).map(({ channel, memberIds }): format.ChannelRecord => {
    const { id, name, description, isPrivate, commentsAllowed, createdById, createdAt, archivedAt } = channel
    const times = { createdAt: createdAt.toISOString(), archivedAt: archivedAt?.toISOString() ?? null }
    return { id, name, description, isPrivate, commentsAllowed, createdById, memberIds, ...times }
  })
  await people.read(channels.flatMap(({ createdById, memberIds }) => [createdById, ...memberIds]))
  const about = { name: workspace.name, exportedAt: new Date().toISOString() }
  const named = channels.map(({ id, name, isPrivate }) => ({ id, name, isPrivate }))
  const lists = {
    updates: await folder.list<format.UpdateRecord>(filePaths.updates),
    videos: await folder.list<format.VideoRecord>(filePaths.videos),
    comments: await folder.list<format.CommentRecord>(filePaths.comments),
    reactions: await folder.list<format.ReactionRecord>(filePaths.reactions),
    views: await folder.list<format.ViewsRecord>(filePaths.views),
    listed: await folder.list<ListedUpdate>('reader/list.js', {
      before: `meanwhile.list(${JSON.stringify({ ...about, channels: named })}, `,
      after: ')\n',
    }),
  }
  const mediaFile = join(dir, 'media.list')
  const media = await openJsonList<MediaFile>(mediaFile)
  const addAll = async <T>(list: JsonList<T>, records: T[]) => {
    for (const record of records) await list.add(record)
  }
  const total = await countUpdates(db, scope)
  let mediaBytes = 0
  let notPlayable = 0
  for await (const batch of exportedUpdates(db, scope)) {
    const ids = batch.map(({ id }) => id)
    const videos = await exportedVideos(db, ids)
    const comments = await commentRecords(db, scope, ids)
    const reactions = await reactionRecords(db, ids)
    await addAll(lists.views, await viewRecords(db, ids))
    await people.read([...batch.map(({ authorId }) => authorId), ...namedIn(comments, reactions)])
    for (const update of batch.map(recordOf)) {
      const parts = {
        update,
        videos: videos.filter(({ record }) => record.updateId === update.id),
        comments: comments.filter(({ updateId }) => updateId === update.id),
        reactions: reactions.filter(({ updateId }) => updateId === update.id),
      }
      await lists.updates.add(update)
      await addAll(lists.comments, parts.comments)
      await addAll(lists.reactions, parts.reactions)
      await lists.listed.add(listedUpdate(parts, people))
      const channel = channels.find(({ id }) => id === update.channelId)
      await folder.write(pagePath(update.id), updatePage(parts, channel, people))
      for (const { record, cues, media: files } of parts.videos) {
        await lists.videos.add(record)
        for (const [index, { path }] of record.captions.entries()) await folder.write(path, writeCaptions(cues[index] ?? []))
        await addAll(media, files)
        mediaBytes += files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
        if (!record.original && record.recorded.length === 0) notPlayable++
      }
    }
    onProgress(lists.updates.count / total)
  }
  for (const list of [...Object.values(lists), media]) await list.close()
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`
  await folder.write(filePaths.workspace, json({ name: workspace.name, createdAt: workspace.createdAt.toISOString() }))
  await folder.write(filePaths.people, json(people.all()))
  await folder.write(filePaths.channels, json(channels))
  const notes =
    notPlayable > 0
      ? [`${notPlayable} ${notPlayable === 1 ? 'recording is' : 'recordings are'} not complete, and not in it.`]
      : []
  const report: TransferReport = {
    ...{ people: people.all().length, channels: channels.length, updates: lists.updates.count, comments: lists.comments.count },
    ...{ videos: lists.videos.count, notes },
  }
  return { files: folder.files, mediaFile, mediaBytes, report, workspaceName: workspace.name }
}
