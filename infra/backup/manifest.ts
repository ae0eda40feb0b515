import * as z from 'zod'

export const backupFormat = 'meanwhile-backup'
export const backupVersion = 1

/** Names in the file of a backup. */
export const backupPaths = {
  manifest: 'manifest.json',
  secrets: 'secrets.json',
  table: (name: string) => `database/${name}.copy`,
  media: 'media/',
}

/** What is made again by itself, or is a copy of what is in the backup anyway. */
export const leftOut = { tables: ['transfers', 'transfer_parts'], prefixes: ['transfers/'] }

const Name = z.string().regex(/^[a-z_][a-z0-9_]*$/)

/** What a backup holds; the last file in it. */
export const BackupManifest = z.object({
  format: z.literal(backupFormat),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  /** When each migration of the database was made: its version. */
  migrations: z.array(z.number().int()).min(1),
  tables: z.array(z.object({ name: Name, columns: z.array(Name).min(1) })),
  sequences: z.array(z.object({ name: Name, lastValue: z.string().regex(/^\d+$/) })),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number().int(), sha256: z.string() })),
})
export type BackupManifest = z.infer<typeof BackupManifest>
