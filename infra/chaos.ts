import { runTrial } from './trial.ts'

/** What `npm run chaos` runs: recordings that meet a fault each. */
export const chaos = (args: string[]) => runTrial('recorder/chaos-command.ts', args)
