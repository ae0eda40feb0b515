export type Rung = { name: string; width: number; height: number; bitsPerSecond: number }

const rungs = [
  { name: '720p', height: 720, bitsPerSecond: 2_500_000 },
  { name: '480p', height: 480, bitsPerSecond: 1_000_000 },
]

const even = (value: number) => Math.max(2, Math.round(value / 2) * 2)

/**
 * The lower renditions of a source, highest first; never upscaled, sides even as 4:2:0 needs. `height` names the shorter side, so a
 * phone's portrait video gets the rungs a landscape one does.
 */
export function ladder(source: { width: number; height: number }): Rung[] {
  const short = Math.min(source.width, source.height)
  return rungs
    .filter((rung) => rung.height < short)
    .map((rung) => ({
      ...rung,
      width: even((source.width * rung.height) / short),
      height: even((source.height * rung.height) / short),
    }))
}
