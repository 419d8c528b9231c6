/** A browser of the plainest kind: follows what it is told, and says where its forms come from. */
export interface Client {
  readonly url: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** As the page's own script sends a form. */
  post(path: string, values: URLSearchParams, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

export function openClient(url: string): Client {
  return {
    url,
    get: (path, headers = {}) => fetch(url + path, { headers, redirect: 'manual' }),
    post: (path, values, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: url,
          'hx-request': 'true',
          ...headers,
        },
        body: values.toString(),
      }),
  };
}
