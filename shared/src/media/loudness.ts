/** How loud a recording is (EBU R 128): integrated loudness in LUFS, and the true peak in dBTP. */
export type Loudness = { lufs: number; truePeakDb: number }

/** What recordings are evened to: usual for speech on the web, and loud enough at double speed. */
export const targetLufs = -16
/** The room that is left below full scale: a lossy codec overshoots. */
const highestPeakDb = -1
/** More would make a voice of the noise of a room. */
const mostDb = 24

/** By how many dB a player makes a recording louder (or softer) so that it reaches the target without clipping. */
export const gainDb = ({ lufs, truePeakDb }: Loudness, target = targetLufs): number =>
  Math.min(target - lufs, mostDb, Math.max(0, highestPeakDb - truePeakDb))

/** The factor of a `GainNode`, or of a volume where it is less than 1. */
export const gainFactor = (db: number): number => 10 ** (db / 20)
