import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskStorage } from '@meanwhile/shared/platform/storage-disk'
import { conformsToStorage } from '../storage.conformance.ts'

conformsToStorage(async () => diskStorage(await mkdtemp(join(tmpdir(), 'meanwhile-disk-'))))
