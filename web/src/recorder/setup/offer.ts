import { surroundings } from '../capture/capture-problem.ts'
import { allSources, type Offer } from './devices.svelte.ts'
import { platformOf } from './system-sound.ts'

/** What this browser can record: on phones no screen, but the camera on either side. */
export function offerHere(): Offer {
  const { secure, sharing } = surroundings()
  const sources = sharing || !secure ? allSources : allSources.filter((source) => source === 'camera' || source === 'audio')
  return { sources, facing: platformOf(navigator.userAgent).system === 'phone' }
}
