import { parseArgs } from 'node:util'
import type { Trial } from '@meanwhile/infra/trial'
import { openHouse } from '../house.ts'
import { bounds, growth, soak } from './soak.ts'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** `npm run soak -- --minutes 120` */
const command: Trial = async (args, databaseUrl) => {
  const { values } = parseArgs({ args, options: { minutes: { type: 'string', default: '120' } } })
  const house = await openHouse(databaseUrl)
  try {
    const { segments, sentBytes, tookSeconds, heldBytes, tabBytes, apiBytes, differing, storedMs, recordedMs } = await soak(
      house,
      { minutes: Number(values.minutes) },
    )
    const rows = [
      ['recorded, stored', `${recordedMs / 1000} s, ${storedMs / 1000} s`],
      ['segments', `${segments}, ${megabytes(sentBytes)}, in ${Math.round(tookSeconds)} s`],
      ['segments that are not byte for byte what was recorded', `${differing.length}`],
      [
        'held by the page and its workers: least, most',
        `${megabytes(Math.min(...heldBytes))}, ${megabytes(Math.max(...heldBytes))}`,
      ],
      ['growth of it from the first to the last third', megabytes(growth(heldBytes))],
      ["memory of the tab's process: most, growth", `${megabytes(Math.max(...tabBytes))}, ${megabytes(growth(tabBytes))}`],
      ["memory of the API's process: most, growth", `${megabytes(Math.max(...apiBytes))}, ${megabytes(growth(apiBytes))}`],
    ]
    process.stdout.write(rows.map(([what, value]) => `| ${what} | ${value} |\n`).join(''))
    return (
      differing.length === 0 &&
      Math.abs(storedMs - recordedMs) < bounds.lengthMs &&
      Math.max(...heldBytes) < bounds.heldBytes &&
      growth(tabBytes) < bounds.growthBytes &&
      growth(apiBytes) < bounds.growthBytes
    )
  } finally {
    await house.close()
  }
}
export default command
