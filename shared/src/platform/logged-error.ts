/** What may be told of an error of PostgreSQL, Node or Fastify; other properties hold values that people sent. */
const told = ['code', 'statusCode', 'severity', 'constraint_name', 'table_name', 'column_name', 'errno', 'syscall'] as const

type LoggedError = {
  type: string
  message: string
  stack: string
  cause?: LoggedError
  errors?: LoggedError[]
} & { [name in (typeof told)[number]]?: string | number }

/** drizzle says the statement and behind it all its values: passwords' hashes, tokens, addresses. The statement is enough. */
const withoutValues = (text: string) => text.replace(/\nparams: [\s\S]*$/, '')

/** How an error stands in the log: all that helps to find the fault, nothing that somebody sent. */
export function loggedError(error: unknown, depth = 0): LoggedError | string {
  if (!(error instanceof Error)) return `a ${typeof error} was thrown`
  const message = withoutValues(error.message)
  const own = error as Error & Record<string, unknown>
  const kept = told.flatMap((name) => {
    const value = own[name]
    return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : []
  })
  const below = (each: unknown) => (each instanceof Error && depth < 5 ? [loggedError(each, depth + 1) as LoggedError] : [])
  const [cause] = below(error.cause)
  const errors = error instanceof AggregateError ? error.errors.flatMap(below) : []
  return {
    type: error.name,
    message,
    // The stack begins with the message.
    stack: (error.stack ?? '').replace(error.message, () => message),
    ...Object.fromEntries(kept),
    ...(cause ? { cause } : {}),
    ...(errors.length > 0 ? { errors } : {}),
  }
}
