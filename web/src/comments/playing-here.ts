type Played = Pick<HTMLMediaElement, 'paused' | 'srcObject' | 'classList'>

/** Not the camera, which does as its picture does, nor what a camera or a screen shows at this moment. */
const isPlayed = ({ srcObject, classList }: Played) => srcObject === null && !classList.contains('camera')

/** Those of some media elements that a person plays now. */
export const playingOf = <M extends Played>(media: readonly M[]): M[] => media.filter((one) => isPlayed(one) && !one.paused)

/** What a person plays on this page now. */
export const playingHere = (): HTMLMediaElement[] => playingOf([...document.querySelectorAll<HTMLMediaElement>('video, audio')])

/** Two people who speak at once are not understood: what begins to play pauses everything else on the page. Returns what ends it. */
export function onePlaysHere(): () => void {
  const yieldTo = ({ target }: Event) => {
    const playing = playingHere()
    const begun = playing.find((media) => media === target)
    if (begun) for (const media of playing) if (media !== begun) media.pause()
  }
  // Events of media do not bubble.
  document.addEventListener('play', yieldTo, true)
  return () => document.removeEventListener('play', yieldTo, true)
}
