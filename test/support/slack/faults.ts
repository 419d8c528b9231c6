import type { ServerResponse } from 'node:http';

/**
 * What goes wrong with a call. `refuse`: Slack answers with an error · `limit`: 429 · `status`: another HTTP status
 * · `hangUp`: the line goes dead before anything is done · `lose`: it is done, and the line goes dead before the
 * answer · `slow`: it is done and answered after so many milliseconds.
 */
export type FaultKind =
  | { readonly refuse: string }
  | { readonly limit: number | 'no header' }
  | { readonly status: number; readonly body?: string }
  | { readonly hangUp: true }
  | { readonly lose: true }
  | { readonly slow: number };

interface Rule {
  readonly method: string;
  readonly fault: FaultKind;
  left: number;
}

/** Faults of the fake Slack, by the method that they are for. */
export class Faults {
  readonly #rules: Rule[] = [];

  /** The next calls of a method go wrong; of every method with `*`. */
  add(method: string, fault: FaultKind, times = 1): void {
    this.#rules.push({ method, fault, left: times });
  }

  clear(): void {
    this.#rules.length = 0;
  }

  next(method: string): FaultKind | undefined {
    const rule = this.#rules.find((each) => each.left > 0 && (each.method === method || each.method === '*'));
    if (!rule) return undefined;
    rule.left--;
    return rule.fault;
  }
}

/** Answers with a fault. `work` does what the call is for. */
export async function faulty(
  fault: FaultKind,
  response: ServerResponse,
  work: () => Promise<unknown>,
): Promise<void> {
  const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  if ('refuse' in fault) json(200, { ok: false, error: fault.refuse });
  else if ('limit' in fault)
    json(
      429,
      { ok: false, error: 'ratelimited' },
      fault.limit === 'no header' ? {} : { 'retry-after': String(fault.limit) },
    );
  else if ('status' in fault) response.writeHead(fault.status).end(fault.body ?? 'upstream error');
  else if ('hangUp' in fault) response.destroy();
  else if ('lose' in fault) {
    await work();
    response.destroy();
  } else {
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, fault.slow);
    await promise;
    json(200, await work());
  }
}
