import * as z from 'zod'
import { CommentType, TrailWhat } from '../contract/comments.ts'
import { Drawing } from '../contract/drawing.ts'
import { BubbleLayout, Chapter, Cuts } from '../contract/edits.ts'
import { MediaMs } from '../contract/endpoint.ts'
import { UpdateKind } from '../contract/update-kind.ts'
import { Track } from '../contract/videos.ts'
import { emojis } from '../media/emojis.ts'

/** Goes up when an older import could not read it any more. */
export const formatVersion = 1
export const formatName = 'meanwhile-export'

/** Names inside of the ZIP that programs look for; everything else is named by the records. */
export const filePaths = {
  manifest: 'manifest.json',
  workspace: 'data/workspace.json',
  people: 'data/people.json',
  channels: 'data/channels.json',
  updates: 'data/updates.json',
  videos: 'data/videos.json',
  comments: 'data/comments.json',
  reactions: 'data/reactions.json',
  views: 'data/views.json',
} as const

const Text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\0'), 'must not contain the NUL character')
const Time = z.iso.datetime()
const Id = z.uuid()
const Path = Text(300)

export const Manifest = z.object({
  format: z.literal(formatName),
  version: z.number().int().min(1),
  createdAt: Time,
  workspace: Text(200),
  files: z.array(z.object({ path: Path, sizeBytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
})
export type Manifest = z.infer<typeof Manifest>

export const WorkspaceRecord = z.object({ name: Text(200), createdAt: Time })

/** Whoever is a member, wrote or recorded something, or is named. `role` is null for who is no member, or no longer. */
export const PersonRecord = z.object({
  id: Id,
  name: Text(200),
  email: Text(320).nullable(),
  role: z.enum(['owner', 'admin', 'member']).nullable(),
  isGuest: z.boolean(),
  joinedAt: Time.nullable(),
})
export type PersonRecord = z.infer<typeof PersonRecord>

export const ChannelRecord = z.object({
  id: Id,
  name: Text(200),
  description: Text(2_000),
  isPrivate: z.boolean(),
  commentsAllowed: z.boolean(),
  createdById: Id.nullable(),
  createdAt: Time,
  archivedAt: Time.nullable(),
  /** Of a private one; empty where everybody is in it. */
  memberIds: z.array(Id),
})
export type ChannelRecord = z.infer<typeof ChannelRecord>

export const UpdateRecord = z.object({
  id: Id,
  authorId: Id,
  channelId: Id.nullable(),
  title: Text(1_000),
  body: Text(100_000),
  createdAt: Time,
  editedAt: Time.nullable(),
  publishedAt: Time,
  /** What it is for. Files of before have none of these. */
  kind: UpdateKind.nullable().default(null),
})
export type UpdateRecord = z.infer<typeof UpdateRecord>

export const VideoRecord = z.object({
  id: Id,
  updateId: Id,
  commentId: Id.nullable(),
  durationMs: MediaMs.nullable(),
  finishedAt: Time.nullable(),
  layout: BubbleLayout.nullable(),
  cuts: Cuts,
  chapters: z.array(Chapter),
  /** `original` is the recording as one file; where it was not made yet, `recorded` has what arrived of each track. */
  original: Path.nullable(),
  camera: Path.nullable(),
  poster: Path.nullable(),
  recorded: z.array(z.object({ track: Track, path: Path })),
  captions: z.array(z.object({ language: Text(40), source: z.enum(['author', 'transcript']), label: Text(200), path: Path })),
})
export type VideoRecord = z.infer<typeof VideoRecord>

export const CommentRecord = z.object({
  id: Id,
  updateId: Id,
  parentId: Id.nullable(),
  authorId: Id,
  type: CommentType,
  text: Text(20_000),
  atMs: MediaMs.nullable(),
  endMs: MediaMs.nullable(),
  drawing: Drawing.nullable(),
  ownerId: Id.nullable(),
  /** By when the owner is to answer, and whether the author chose that moment. */
  dueAt: Time.nullable().default(null),
  dueIsChosen: z.boolean().default(false),
  supersedesId: Id.nullable(),
  resolvedAt: Time.nullable(),
  resolvedById: Id.nullable(),
  answerAtMs: MediaMs.nullable(),
  answerId: Id.nullable(),
  hiddenAt: Time.nullable(),
  hiddenById: Id.nullable(),
  createdAt: Time,
  publishedAt: Time,
  editedAt: Time.nullable(),
  deletedAt: Time.nullable(),
  mentionIds: z.array(Id),
  /** What it said before, oldest first. */
  history: z.array(z.object({ text: Text(20_000), writtenAt: Time })),
  trail: z.array(z.object({ what: TrailWhat, actorId: Id, createdAt: Time })),
})
export type CommentRecord = z.infer<typeof CommentRecord>

/** To a comment, or to the moment `atMs` of the update. */
export const ReactionRecord = z.object({
  updateId: Id,
  commentId: Id.nullable(),
  userId: Id,
  emoji: z.enum(emojis),
  atMs: MediaMs.nullable(),
  createdAt: Time,
})
export type ReactionRecord = z.infer<typeof ReactionRecord>

/** How many watched an update, and how many of them nearly all of it. */
export const ViewsRecord = z.object({ updateId: Id, views: z.number().int(), caughtUp: z.number().int() })
export type ViewsRecord = z.infer<typeof ViewsRecord>
