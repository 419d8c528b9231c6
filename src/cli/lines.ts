/**
 * The lines of a stream of UTF-8, without their ends (`\n` or `\r\n`). A last line without an end counts.
 * Only a line feed ends a line: a JSON text may hold any other kind of line break as it is.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // Pieces of a line that has not ended yet, joined once it has: a long line stays cheap.
  let pieces: string[] = [];
  for await (const chunk of input) {
    const parts = (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      yield endless([...pieces, part].join(''));
      pieces = [];
    }
    pieces.push(last);
  }
  const rest = [...pieces, decoder.decode()].join('');
  if (rest !== '') yield rest;
}

const endless = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
