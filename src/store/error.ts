/**
 * The store can't be opened, read or written. The message is one line: what, where and what to do. It
 * carries nothing that anybody typed and no password, so that it can be logged; for that reason the
 * database's own error, which may quote a row, is not kept as `cause`.
 */
export class StoreError extends Error {
  /** The database's or the system's own code, such as `SQLITE_FULL`, `28P01` or `EACCES`. */
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(code === undefined ? message : `${message} (${code})`);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** The `code` of an error that has one. */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
