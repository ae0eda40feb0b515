import { Devices } from './devices.svelte.ts'
import { offerHere } from './offer.ts'

/** The devices of this browser, for an answer: who answers shows their face first; what they choose is remembered as on the record page. */
export function answeringDevices(): Devices {
  const devices = new Devices(navigator.mediaDevices, localStorage, offerHere())
  if (devices.offer.sources.includes('camera')) devices.wanted = { ...devices.wanted, source: 'camera' }
  return devices
}
