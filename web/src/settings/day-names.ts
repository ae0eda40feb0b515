import type { weekdays } from './profile.svelte.ts'
import { say } from './times-words.ts'

/** What the days of a week are called. */
export const dayNames: Record<(typeof weekdays)[number], string> = {
  monday: say('monday'),
  tuesday: say('tuesday'),
  wednesday: say('wednesday'),
  thursday: say('thursday'),
  friday: say('friday'),
  saturday: say('saturday'),
  sunday: say('sunday'),
}
