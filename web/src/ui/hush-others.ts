/** Of the videos in a list one speaks at a time: for its `onplaycapture`, where the one that begins pauses the others. */
export function hushOthers({ currentTarget, target }: Event & { currentTarget: HTMLElement }): void {
  for (const media of currentTarget.querySelectorAll('video')) if (media !== target) media.pause()
}
