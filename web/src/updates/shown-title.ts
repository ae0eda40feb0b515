import { say } from './words.ts'

/** What is shown where an update has no title. */
export const shownTitle = (title: string): string => title || say('untitled')
