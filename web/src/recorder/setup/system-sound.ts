import type { Source } from '../capture/capture.ts'

export type Platform = { chromium: boolean; system: 'windows' | 'mac' | 'chromeos' | 'linux' | 'phone' }

/** What can be heard of the computer itself, told before the browser asks; null where the question does not arise. */
export function systemSoundNote(source: Source, { chromium, system }: Platform): string | null {
  if (source === 'camera' || source === 'audio') return null
  if (!chromium) return 'This browser records no sound of the computer, only your microphone.'
  if (source === 'tab') return 'To record the sound of the tab too, leave “Also share tab audio” on in the next dialog.'
  if (source === 'window') return 'A window is recorded without its sound. To record sound too, choose Tab.'
  if (system === 'windows' || system === 'chromeos')
    return 'To record the sound of the computer too, switch on “Also share system audio” in the next dialog.'
  if (system === 'mac')
    return 'On recent versions of macOS you can share the sound of the computer in the next dialog; otherwise choose Tab.'
  return 'On this system the screen is recorded without its sound. To record sound too, choose Tab.'
}

/** Which browser and system this is, as far as sharing sound depends on it. */
export function platformOf(userAgent: string): Platform {
  const chromium = /Chrom(e|ium)\//.test(userAgent)
  if (/Android|iPhone|iPad/.test(userAgent)) return { chromium, system: 'phone' }
  if (userAgent.includes('Windows')) return { chromium, system: 'windows' }
  if (userAgent.includes('CrOS')) return { chromium, system: 'chromeos' }
  return { chromium, system: /Mac OS X|Macintosh/.test(userAgent) ? 'mac' : 'linux' }
}
