import { parseArgs } from 'node:util'
import type { Trial } from '@meanwhile/infra/trial'
import { openHouse } from '../house.ts'
import { lineOf, runChaos, tableOf } from './chaos.ts'

/** `npm run chaos -- --runs 100 --seed 7 --only browser` */
const command: Trial = async (args, databaseUrl) => {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  })
  const house = await openHouse(databaseUrl)
  try {
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
export default command
