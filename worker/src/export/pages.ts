import type { Cue } from '@meanwhile/shared/media/captions'
import type {
  ChannelRecord,
  CommentRecord,
  ReactionRecord,
  UpdateRecord,
  VideoRecord,
} from '@meanwhile/shared/platform/workspace-file'
import type { ExportedPeople } from './people.ts'
import type { ExportedVideo } from './video-records.ts'

/** What the pages of an export show of a video. */
type PageVideo = Pick<VideoRecord, 'durationMs' | 'layout' | 'cuts' | 'chapters' | 'camera' | 'poster'> & {
  files: string[]
  captions: { language: string; label: string; cues: Cue[] }[]
}

/** A line of the list of updates. */
export type ListedUpdate = {
  id: string
  title: string
  author: string
  channelId: string | null
  publishedAt: string
  durationMs: number | null
  poster: string | null
  comments: number
}

const filesOf = ({ original, recorded }: VideoRecord) =>
  original ? [original] : recorded.filter(({ track }) => track === 'main').map(({ path }) => path)

function pageVideo({ record, cues }: ExportedVideo): PageVideo {
  const { durationMs, layout, cuts, chapters, camera, poster, captions } = record
  return {
    ...{ durationMs, layout, cuts, chapters, camera, poster, files: filesOf(record) },
    captions: captions.map(({ language, label }, index) => ({ language, label, cues: cues[index] ?? [] })),
  }
}

/** How often which emoji was chosen. */
function counted(reactions: ReactionRecord[]) {
  const counts = new Map<string, { emoji: string; atMs: number | null; count: number }>()
  for (const { emoji, atMs } of reactions) {
    const found = counts.get(`${emoji} ${atMs}`) ?? { emoji, atMs, count: 0 }
    counts.set(`${emoji} ${atMs}`, { ...found, count: found.count + 1 })
  }
  return [...counts.values()].sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0))
}

type Parts = { update: UpdateRecord; videos: ExportedVideo[]; comments: CommentRecord[]; reactions: ReactionRecord[] }

const ownVideo = (videos: ExportedVideo[], commentId: string | null) =>
  videos.find(({ record }) => record.commentId === commentId)

export function listedUpdate({ update, videos, comments }: Parts, people: ExportedPeople): ListedUpdate {
  const { id, title, authorId, channelId, publishedAt } = update
  const video = ownVideo(videos, null)?.record
  return {
    ...{
      id,
      title,
      channelId,
      publishedAt,
      author: people.name(authorId),
      comments: comments.filter((each) => !each.deletedAt).length,
    },
    ...{ durationMs: video?.durationMs ?? null, poster: video?.poster ?? null },
  }
}

function pageComment(comment: CommentRecord, { videos, reactions }: Parts, people: ExportedPeople) {
  const { id, parentId, type, text, atMs, endMs, createdAt, history, deletedAt, hiddenAt, resolvedAt } = comment
  const video = ownVideo(videos, id)
  return {
    ...{
      id,
      parentId,
      type,
      text,
      atMs,
      endMs,
      createdAt,
      history,
      hidden: hiddenAt !== null,
      deleted: deletedAt !== null,
      resolvedAt,
    },
    ...{ author: people.name(comment.authorId), owner: people.name(comment.ownerId) },
    video: video ? pageVideo(video) : null,
    reactions: counted(reactions.filter(({ commentId }) => commentId === id)),
  }
}

/** Everything that the page of one update shows: plain values, which its script puts on the page as text. */
export function updatePage(parts: Parts, channel: ChannelRecord | undefined, people: ExportedPeople): string {
  const { update, videos, comments, reactions } = parts
  const video = ownVideo(videos, null)
  const shown = {
    ...{ id: update.id, title: update.title, body: update.body, publishedAt: update.publishedAt },
    ...{ author: people.name(update.authorId), channel: channel?.name ?? null, video: video ? pageVideo(video) : null },
    comments: comments.map((comment) => pageComment(comment, parts, people)),
    reactions: counted(reactions.filter(({ commentId }) => commentId === null)),
  }
  return `meanwhile.open(${JSON.stringify(shown)})\n`
}
