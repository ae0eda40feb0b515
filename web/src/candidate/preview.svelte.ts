import type { previewCandidatePage } from '@meanwhile/shared/contract/candidate'
import { call, problemIn } from '../api.ts'
import { Candidacy } from './candidacy.svelte.ts'
import type { Shown, Take } from './standing.ts'

/** The interview of a candidate who is not there: what is agreed to, written and handed in stays in this page. */
export class Preview extends Candidacy {
  override readonly isKept = false
  readonly #params: { positionId: string }

  constructor(positionId: string) {
    super('')
    this.#params = { positionId }
  }

  override begin(): () => void {
    if (!this.page) void this.load()
    return () => {}
  }

  /** What was done in the preview stays; what is asked is read again. */
  override async load(): Promise<void> {
    try {
      const read = await call<typeof previewCandidatePage>('GET', '/api/positions/:positionId/preview', { params: this.#params })
      const { consentedAt, submittedAt, state, takes }: Shown = this.page ?? { ...read, consentedAt: null, state: 'invited' }
      // Of a position that is closed, too, the questions are what is looked at.
      this.page = { ...read, isClosed: false, consentedAt, submittedAt, state, takes }
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  override speak(): void {}

  /** From the first page, with nothing answered. */
  async again(): Promise<void> {
    this.page = null
    this.isDeleted = false
    await this.load()
  }

  override async consent(): Promise<void> {
    this.#change({ consentedAt: new Date().toISOString(), state: 'started' })
  }

  override async write(questionId: string, text: string): Promise<void> {
    const others = this.page?.takes.filter((take) => take.questionId !== questionId) ?? []
    const made = { updateId: crypto.randomUUID(), createdAt: new Date().toISOString() }
    const take: Take = { ...made, questionId, way: 'text', text, video: null, isChosen: true, isHandedIn: false }
    this.#change({ takes: [...others, take] })
  }

  override async choose(): Promise<void> {}

  override async submit(): Promise<void> {
    this.#change({ submittedAt: new Date().toISOString(), state: 'submitted' })
  }

  override async withdraw(): Promise<void> {
    this.isDeleted = true
  }

  #change(part: Partial<Shown>) {
    if (this.page) this.page = { ...this.page, ...part }
  }
}

let kept: { positionId: string; preview: Preview } | undefined

/** The preview of a position: it stays while somebody goes from page to page of it. */
export function previewOf(positionId: string): Preview {
  if (kept?.positionId !== positionId) kept = { positionId, preview: new Preview(positionId) }
  return kept.preview
}
