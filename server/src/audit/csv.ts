import type { AuditEvent } from '@meanwhile/shared/contract/audit'

/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/

/** One cell, quoted (RFC 4180). A text that a spreadsheet would compute stands behind an apostrophe, which makes it a text there. */
export const csvCell = (text: string): string =>
  `"${(formula.test(text.trimStart()) || formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

const line = (cells: string[]) => `${cells.map(csvCell).join(',')}\r\n`

export const csvHead = line(['at', 'actor', 'actor id', 'action', 'target type', 'target', 'target id', 'details', 'from'])

/** One event as a line. */
export const csvLine = ({ at, actor, action, target, details, from }: AuditEvent): string =>
  line([
    at.toISOString(),
    actor?.name ?? '',
    actor?.id ?? '',
    action,
    target?.type ?? '',
    target?.name ?? '',
    target?.id ?? '',
    Object.keys(details).length > 0 ? JSON.stringify(details) : '',
    from ?? '',
  ])
