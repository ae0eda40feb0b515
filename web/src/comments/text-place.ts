import type { Playback } from '../player/playback.ts'

/** Where a text stands, and what plays beside it. `counts`: what the times in it mean, those of watching or of the recording. */
export type TextPlace = { updateId: string; playback?: Playback | undefined; counts: 'watched' | 'recorded' }
