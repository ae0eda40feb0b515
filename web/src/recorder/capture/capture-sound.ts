import { RecordingError } from '../recording-problem.ts'
import type { Choice } from './capture.ts'
import { openMicrophone } from './capture-devices.ts'
import { mix } from './mix.ts'

/**
 * The microphone and the sound of the computer as one track; null when neither is wanted. A microphone that fails is reported and may
 * still be changed for another one; throws its RecordingError when there is nothing else to record.
 */
export async function captureSound(
  { source, microphone }: Pick<Choice, 'source' | 'microphone'>,
  system: MediaStreamTrack[],
  leftOut: (error: unknown) => null,
) {
  const only = source === 'audio'
  if (microphone === null && only) throw new RecordingError('microphone-not-chosen')
  if (microphone === null && system.length === 0) return null
  let stream = microphone === null ? null : await (only ? openMicrophone(microphone) : openMicrophone(microphone).catch(leftOut))
  const mixed = mix(voiceOf(stream), system)
  let onLost = () => {}
  let closed = false

  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
  const watch = (watched: MediaStream | null) =>
    voiceOf(watched)?.addEventListener('ended', () => watched === stream && onLost(), { once: true })
  watch(stream)
  return {
    ...mixed,
    // The sound of the computer would hide a microphone that is dead.
    level: microphone === null ? mixed.level : mixed.voiceLevel,
    onMicrophoneLost(listener: () => void) {
      onLost = listener
    },
    async changeMicrophone(id: string) {
      const next = await openMicrophone(id)
      mixed.setVoice(voiceOf(next))
      stop()
      stream = next
      watch(next)
      if (closed) stop()
    },
    close() {
      closed = true
      stop()
      mixed.close()
    },
  }
}

const voiceOf = (stream: MediaStream | null) => stream?.getAudioTracks()[0] ?? null
