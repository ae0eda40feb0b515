/** Recordings have 30 pictures a second; who steps through one of another rate meets a picture twice or leaves one out. */
const frameMs = 1000 / 30

/** Where the picture is that comes `by` pictures after the one at `ms`: its middle, so that rounding leads to no other one. */
export const stepFrom = (ms: number, by: number): number => Math.max(0, (Math.floor((ms + 1) / frameMs) + by + 0.5) * frameMs)
