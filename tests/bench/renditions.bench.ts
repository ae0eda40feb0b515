import { join } from 'node:path'
import type { Benchmark } from '@meanwhile/infra/bench'
import { renditions } from '@meanwhile/worker/stages/renditions'
import { cutRecording } from '../support/cut.ts'
import { inTurn } from './in-turn.ts'
import { bareFfmpeg, startStages } from './stages.ts'

const ladder = '[0:v]scale=1280:720:flags=bicubic,format=yuv420p,split=2[a][b];[b]scale=854:480:flags=bicubic,format=yuv420p[c]'
const x264 = (kbits: number) =>
  `-map 0:a -c:a copy -c:v libx264 -preset veryfast -tune animation -crf 23 -maxrate ${kbits}k -bufsize ${kbits * 2}k ` +
  '-force_key_frames expr:gte(t,n_forced*4) -g 600 -sc_threshold 0 -fps_mode vfr -movflags +faststart'

export default {
  name: 'Renditions',
  async run() {
    const bench = await startStages()
    try {
      const cut = await cutRecording({ ms: 30_000, size: '1920x1080' })
      const videoId = await bench.recorded(cut)
      for (const stage of ['probe', 'original'] as const) await bench.publish(videoId, stage)
      const { ms, ratio } = await inTurn(
        3,
        async (dir) => void (await bench.work(renditions, videoId, dir)),
        async (dir) =>
          void (await bareFfmpeg(
            `-i ${cut.playlist} -filter_complex ${ladder} -map [a] ${x264(2500)} ${join(dir, '720.mp4')} -map [c] ${x264(1000)} ${join(dir, '480.mp4')}`,
          )),
      )
      return [
        {
          name: 'Renditions of 30 s of 1080p, with every check, against one bare ffmpeg',
          value: ms,
          unit: 'ms',
          ratio,
          goal: '≤ 1.15',
        },
      ]
    } finally {
      await bench.stop()
    }
  },
} satisfies Benchmark
