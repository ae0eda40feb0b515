import type { Playback } from '../player/playback.ts'

/** Where a text stands, and what plays beside it. */
export type TextPlace = { updateId: string; playback?: Playback | undefined }
