import { isRate, type Rate, stepRate } from '@meanwhile/shared/media/rates'
import type { Aids } from './aids/aids.svelte.ts'
import type { Playback } from './playback.ts'
import type { Command } from './shortcuts.ts'
import { say } from './words.ts'

/** What the player does beside playing. */
export type Player = {
  playback: Playback
  durationMs: number
  setRate: (rate: Rate) => void
  fullScreen: () => void
  comment: () => void
  help: () => void
  aids: Aids | null
}

/** Carries out a command. Returns what to say of it on the screen, where nothing else shows it. */
export function run(
  command: Command,
  { playback, durationMs, setRate, fullScreen, comment, help, aids }: Player,
): string | undefined {
  switch (command.do) {
    case 'toggle':
      if (playback.paused) void playback.play()
      else playback.pause()
      return undefined
    case 'skip':
      playback.seek(Math.min(playback.ms + command.by, durationMs))
      return `${command.by > 0 ? '+' : '−'}${Math.abs(command.by) / 1000} s`
    case 'part':
      playback.seek(command.of * durationMs)
      return undefined
    case 'volume':
      playback.setVolume(Math.round((playback.volume + command.by) * 10) / 10)
      return say('said.volume', { percent: Math.round(playback.volume * 100) })
    case 'mute':
      playback.setMuted(!playback.muted)
      return playback.muted ? say('said.muted') : say('said.sound')
    case 'rate': {
      const rate = stepRate(isRate(playback.rate) ? playback.rate : 1, command.by > 0 ? 1 : -1)
      setRate(rate)
      return `${rate}×`
    }
    case 'picture-in-picture':
      void togglePicture(playback.media)
      return undefined
    case 'full-screen':
      fullScreen()
      return undefined
    case 'comment':
      comment()
      return undefined
    case 'help':
      help()
      return undefined
    default:
      return aids?.obey(command)
  }
}

export const canBePicture = (): boolean => document.pictureInPictureEnabled === true

/** Refused while nothing has been loaded; then nothing happens. */
export const togglePicture = (media: HTMLVideoElement): Promise<unknown> =>
  (document.pictureInPictureElement === media ? document.exitPictureInPicture() : media.requestPictureInPicture()).catch(() => {})

type AppleVideo = HTMLVideoElement & { webkitEnterFullscreen?: () => void }

/** The whole player, so that its controls come along; iPhones show the bare video only. */
export function toggleFullScreen(player: HTMLElement, media: AppleVideo): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  else if (document.fullscreenEnabled) void player.requestFullscreen().catch(() => {})
  else media.webkitEnterFullscreen?.()
}
