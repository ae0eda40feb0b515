import type { Source } from '../capture/capture.ts'
import { say } from '../words.ts'

export type Platform = { chromium: boolean; system: 'windows' | 'mac' | 'chromeos' | 'linux' | 'phone' }

/** What can be heard of the computer itself, told before the browser asks; null where the question does not arise. */
export function systemSoundNote(source: Source, { chromium, system }: Platform): string | null {
  if (source === 'camera' || source === 'audio') return null
  if (!chromium) return say('sound.none')
  if (source === 'tab') return say('sound.tab')
  if (source === 'window') return say('sound.window')
  if (system === 'windows' || system === 'chromeos') return say('sound.system')
  if (system === 'mac') return say('sound.mac')
  return say('sound.screen')
}

/** Which browser and system this is, as far as sharing sound depends on it. */
export function platformOf(userAgent: string): Platform {
  const chromium = /Chrom(e|ium)\//.test(userAgent)
  if (/Android|iPhone|iPad/.test(userAgent)) return { chromium, system: 'phone' }
  if (userAgent.includes('Windows')) return { chromium, system: 'windows' }
  if (userAgent.includes('CrOS')) return { chromium, system: 'chromeos' }
  return { chromium, system: /Mac OS X|Macintosh/.test(userAgent) ? 'mac' : 'linux' }
}
