/**
 * What the web pages for concerns stand on: door B, where somebody sends, and the inbox, where readers read.
 * All goes as JSON; bytes are base64url without padding. Nothing of who calls is handed in but, for a reader,
 * the session that they have from their login. What the calls are is written down in `src/concerns/api/`.
 */
export interface ConcernPages {
  /** A call from door B. Never throws. */
  sender(call: string, body: unknown): Promise<PageAnswer>;
  /** A call from the inbox. Never throws. */
  reader(call: string, body: unknown, session?: string): Promise<PageAnswer>;
  /**
   * The sealing module for a browser: file names to JavaScript. `sealing.js` is the one to import, relative
   * imports lead to the others. It is compiled once and stays the same while the bot runs.
   */
  scripts(): Promise<ReadonlyMap<string, string>>;
  /** Takes the types out of a page's own scripts: names to TypeScript in, the same names to JavaScript out. */
  compile(sources: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>>;
}

export interface PageAnswer {
  /** As in HTTP: 200 · 400 the body is not right · 401 signed out · 403 not for this reader · 404 no such call · 429 too many at once · 500. */
  readonly status: 200 | 400 | 401 | 403 | 404 | 429 | 500;
  /** JSON. Where the status is not 200: `{"error": "what to tell the person"}`. */
  readonly body: unknown;
}
