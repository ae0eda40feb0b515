import { say } from './words.ts'

/** "weekly_demo-2.mp4" → "weekly demo-2": what the update is called until its author says otherwise. */
export function titleFrom(name: string): string {
  const title = name
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replaceAll('_', ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return title.slice(0, 200) || say('uploadedVideo')
}
