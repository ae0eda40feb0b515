/** What x264 aims at: at most so many bits a second; `crf` is its measure of quality, less is better, 23 unless it is said. */
export type Quality = { bitsPerSecond: number; crf?: number }

/** A key frame this often: half the bytes of one every second, and still quick to seek. */
const keyFrameSeconds = 4

/** H.264 that everything plays. Frames come at any distance, at the exact times of the source. */
export const x264 = ({ bitsPerSecond, crf = 23 }: Quality) => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'animation', '-crf', String(crf), '-pix_fmt', 'yuv420p'],
  ...['-maxrate', String(bitsPerSecond), '-bufsize', String(bitsPerSecond * 2)],
  // By time and not by number; `-g` is only above what 4 s can hold.
  ...[
    '-force_key_frames',
    `expr:isnan(prev_forced_t)+gte(t,prev_forced_t+${keyFrameSeconds})`,
    '-g',
    '600',
    '-sc_threshold',
    '0',
  ],
  // A time base of one frame would round them.
  ...['-enc_time_base:v', '1:90000'],
]

/** AAC. Whoever encodes with it puts `insteadOfPriming` in front. */
export const aac = ['aac', '-b:a', '128k']

/**
 * ffmpeg's encoder begins with a packet before its first sample, and many players know nothing of sound before zero. So the first 21 ms
 * are left out, which that packet then takes the place of: all that is heard is at its moment.
 */
export const insteadOfPriming = 'atrim=start_sample=1024'

export const fastStart = ['-movflags', '+faststart', '-f', 'mp4']

/** Of a picture that is not scaled down: four bits a pixel and second, which screen text needs (1080p: 8.3 Mbit/s). */
export const fullQuality = ({ width, height }: { width: number; height: number }): Required<Quality> => ({
  bitsPerSecond: Math.min(40_000_000, Math.max(1_000_000, width * height * 4)),
  crf: 21,
})

/** The largest that a file of that quality can become, with its sound. */
export const sizeLimit = ({ bitsPerSecond }: Quality, durationMs: number): number =>
  ((bitsPerSecond + 320_000) / 8) * (durationMs / 1000) * 2 + 16 * 1024 ** 2
