import { join } from 'node:path'
import type { Benchmark } from '@meanwhile/infra/bench'
import { original } from '@meanwhile/worker/stages/original'
import { cutRecording } from '../support/cut.ts'
import { inTurn } from './in-turn.ts'
import { bareFfmpeg, startStages } from './stages.ts'

export default {
  name: 'Copy to the original',
  async run() {
    const bench = await startStages()
    try {
      // What a screen with a voice takes: 8 MB a minute.
      const cut = await cutRecording({ ms: 10_000, size: '1280x720', repeat: 180, bitsPerSecond: 1_000_000 })
      const videoId = await bench.recorded(cut)
      const bare = async (dir: string) =>
        void (await bareFfmpeg(`-i ${cut.playlist} -c copy -movflags +faststart ${join(dir, 'copy.mp4')}`))
      const copy = await inTurn(5, (dir) => bench.work(original, videoId, dir), bare)
      const whole = await inTurn(5, async (dir) => void (await bench.work(original, videoId, dir)), bare)
      return [
        {
          name: 'Original of 30 min: the copy, checksums included, against `ffmpeg -c copy`',
          value: copy.ms,
          unit: 'ms',
          ratio: copy.ratio,
          goal: '≤ 1.15',
        },
        { name: 'Original of 30 min: the whole stage, with every check', value: whole.ms, unit: 'ms', ratio: whole.ratio },
      ]
    } finally {
      await bench.stop()
    }
  },
} satisfies Benchmark
