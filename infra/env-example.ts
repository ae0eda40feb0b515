import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Env } from '@meanwhile/shared/platform/env'

const heading = `# Every variable that Meanwhile reads; all of them may be left out.
# Copy this file to .env and remove the "# " before what you set. Written by \`npm run env:example\`.`

/** The text of \`.env.example\`: each variable of the environment's schema with its description and its default. */
export function envExample(): string {
  const entries = Object.entries(Env.in.shape).map(([name, schema]) => {
    const byDefault = 'defaultValue' in schema.def ? schema.def.defaultValue : ''
    return `# ${schema.description}\n# ${name}=${byDefault}`
  })
  return `${[heading, ...entries].join('\n\n')}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(new URL('../.env.example', import.meta.url), envExample())
}
