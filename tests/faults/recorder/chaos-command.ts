import { parseArgs } from 'node:util'
import type { Trial } from '@meanwhile/infra/trial'
import { type House, openHouse } from '../house.ts'
import { segmentMs } from '../record-in.ts'
import { lineOf, runChaos, tableOf } from './chaos.ts'
import { loseStillScreen } from './static-screen.ts'

/** `npm run chaos -- --runs 100 --seed 7 --only browser`, or `npm run chaos -- --static` for a screen that stands still. */
const command: Trial = async (args, databaseUrl) => {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      static: { type: 'boolean', default: false },
    },
  })
  const house = await openHouse(databaseUrl)
  try {
    if (values.static) return await strikeStillScreen(house)
    const runs = await runChaos(house, {
      runs: Number(values.runs),
      seed: Number(values.seed),
      only: values.only,
      onRun: (run, index) => process.stdout.write(lineOf(run, index)),
    })
    process.stdout.write(`\n${tableOf(runs)}`)
    return runs.every(({ faulty }) => faulty === '')
  } finally {
    await house.close()
  }
}
async function strikeStillScreen(house: House): Promise<boolean> {
  const { recordedMs, storedMs, lostMs, complaints } = await loseStillScreen(house, 60_000)
  process.stdout.write(
    `a still screen, then the browser killed: recorded ${recordedMs} ms, stored ${storedMs} ms, lost ${lostMs} ms ${complaints}\n`,
  )
  return lostMs <= segmentMs && complaints === ''
}
export default command
