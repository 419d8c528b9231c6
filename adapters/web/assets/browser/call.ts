/** A call that was not done, with words for the person. */
export class CallError extends Error {
  /** As in HTTP; 0 where the server could not be reached. */
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'CallError';
    this.status = status;
  }
}

/** Where this page's own calls go: beside its scripts. */
const calls = new URL('../call/', import.meta.url);

/**
 * Calls the server. The answer's shape is the server's word: both come from one version of the bot.
 * @throws CallError
 */
export async function call<Answer = unknown>(name: string, body: unknown, session?: string): Promise<Answer> {
  const response = await reach(name, body, session);
  const answer = await read(response);
  if (response.ok) return answer as Answer;
  const { error = 'The server did not answer as it should. Please try again in a while.' } = (answer ??
    {}) as {
    readonly error?: string;
  };
  throw new CallError(response.status, error);
}

async function reach(name: string, body: unknown, session: string | undefined): Promise<Response> {
  try {
    return await fetch(new URL(name, calls), {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        ...(session !== undefined && { authorization: `Bearer ${session}` }),
      },
      // Nothing that tells one visitor from another goes along.
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
  } catch {
    throw new CallError(
      0,
      'The server can’t be reached. Nothing is lost here: please try again in a moment.',
    );
  }
}

async function read(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
