import type { BubbleLayout, Chapter } from '@meanwhile/shared/contract/edits'
import type { AnswerWay } from '@meanwhile/shared/contract/interviews'
import type { Track } from '@meanwhile/shared/contract/videos'
import type { SpoolTrack } from '../segment.ts'
import type { RecordedUpdate } from '../upload/update-api.ts'

/** Where a recording belongs that becomes a comment: moments are recorded ones, in ms; a reply takes over that of its parent. */
export type Answered = { updateId: string; parentId: string | null; atMs: number | null; endMs: number | null }

/** Which question of their interview a candidate answers by it, and how. */
export type CandidateAnswer = { questionId: string; way: Exclude<AnswerWay, 'text'> }

/** What is known of a spool apart from its segments. */
export type SpoolNote = {
  spoolId: string
  /** Whose it is: nobody else's tab touches it. */
  userId: string
  /** Which of their workspaces it is for, wherever they have gone since; missing in a note from when there was one. */
  workspaceId?: string
  title: string
  /** Chosen here, so that the update can be created late and twice. */
  updateId: string
  /** Left out when it becomes an update of its own; else it becomes a comment, with this id. */
  answers?: Answered
  /** Where it is posted; null or left out: in the whole workspace. What answers something is where that is. */
  channelId?: string | null
  /** The round of a check-in that it answers, and the one question of it; without one, all. */
  round?: { roundId: string; question?: string }
  /** The pairing that it answers. */
  pairingId?: string
  /** The position whose interview will ask it. */
  positionId?: string
  candidateAnswer?: CandidateAnswer
  /** Others may watch it while it is recorded. */
  live?: boolean
  /** Null until the server has created the update. */
  update: RecordedUpdate | null
  /** The tracks that the video gets; a file becomes `main` on the server. */
  tracks: Track[]
  /** ms since 1970. */
  startedAt: number
  /** Length on the recorder's own clock, pauses left out. */
  clockMs: number
  chapters: Chapter[]
  layout: BubbleLayout | null
  /** The name of an imported file. Until it is closed only the import goes on with it: a part of a file is not a file. */
  name?: string
  /** Nothing will be added any more. */
  closed: boolean
  /** The person threw it away; it can be restored until the next recording starts. */
  discarded?: boolean
  /** The server knows that it was thrown away. */
  withdrawn?: boolean
}

/** What is written down about a segment beside its bytes. */
export type SegmentFacts = {
  track: SpoolTrack
  number: number
  sha256: string
  sizeBytes: number
  durationMs: number
  codecs?: string
  width?: number
  height?: number
  type?: string
}

/** One line of a spool's append-only log; what it says counts from there on. */
export type SpoolLine =
  | { note: SpoolNote }
  /** A segment is here; `clockMs` is how long it had been recorded by then. */
  | { segment: SegmentFacts; clockMs?: number }
  /** The server has stored this segment. */
  | { confirmed: [SpoolTrack, number] }
  /** Its bytes were given up for want of room: the server has the only copy. */
  | { dropped: [SpoolTrack, number] }
  /** The server has nothing of it any more. */
  | { unconfirmed: true }
  /** Sign of life, in ms since 1970, where the browser has no locks. */
  | { aliveAt: number }

/** On whose behalf, and in which workspace, requests for it are made: see `viewerHeader`. */
export const behalfOf = ({ userId, workspaceId }: Pick<SpoolNote, 'userId' | 'workspaceId'>): string =>
  workspaceId === undefined ? userId : `${userId} ${workspaceId}`

/** Where it is watched once it is on the server. */
export const pathOf = ({ updateId, answers }: Pick<SpoolNote, 'updateId' | 'answers'>): string =>
  answers ? `/u/${answers.updateId}?c=${updateId}` : `/u/${updateId}`

/** A note for something new; the rest can be said when it is known. */
export const newNote = (part: Pick<SpoolNote, 'userId' | 'title'> & Partial<SpoolNote>): SpoolNote => ({
  spoolId: crypto.randomUUID(),
  updateId: crypto.randomUUID(),
  update: null,
  tracks: ['main'],
  startedAt: Date.now(),
  clockMs: 0,
  chapters: [],
  layout: null,
  closed: false,
  ...part,
})
