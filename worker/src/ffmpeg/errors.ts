/** ffmpeg or ffprobe ended with an error. `lastLine` is the last thing it said, without paths. */
export class FfmpegError extends Error {
  readonly lastLine: string
  constructor(message: string, lines: string[]) {
    super([message, ...lines].join('\n'))
    this.name = 'FfmpegError'
    this.lastLine = lines.at(-1) ?? ''
  }
}

/** It was still running at its deadline and was ended. */
export class DeadlineError extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super(`it was still running after ${seconds} s`)
    this.name = 'DeadlineError'
    this.seconds = seconds
  }
}
