import readline from 'node:readline';

/** A keyboard and a screen, or what stands in for them. */
export interface Terminal {
  /** False where lines come from a file or a pipe: nobody sees a prompt. */
  readonly interactive: boolean;
  readonly colour: boolean;
  /** Columns, at this moment. */
  width(): number;
  /** The next line; undefined once there are no more, or the terminal is closed: by `close`, Ctrl-C or Ctrl-D. */
  ask(prompt: string): Promise<string | undefined>;
  /** Prints above whatever is being typed. */
  print(text: string): void;
  close(): void;
}

export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly columns?: number };
  readonly interactive: boolean;
  readonly colour: boolean;
}

/** Opens a terminal on two streams. Lines that come before they are asked for wait. */
export function openTerminal({ input, output, interactive, colour }: Streams): Terminal {
  const reader = readline.createInterface({
    input,
    ...(interactive && { output }),
    terminal: interactive,
    // What was typed is kept nowhere, so there is no going back to it either.
    historySize: 0,
  });
  reader.on('SIGINT', () => reader.close());
  const lines = reader[Symbol.asyncIterator]();
  let asking = false;
  let closed = false;
  // The end of a file closes the reader too, and then the lines that wait are still to be asked for.
  reader.on('close', () => {
    closed ||= interactive;
  });
  return {
    interactive,
    colour,
    width: () => output.columns ?? 80,
    async ask(prompt) {
      if (closed) return undefined;
      if (interactive) {
        reader.setPrompt(prompt);
        reader.prompt();
      }
      asking = true;
      const line = await lines.next();
      asking = false;
      if (interactive) output.write('\n');
      return line.done || closed ? undefined : line.value;
    },
    print(text) {
      const beside = asking && interactive && !closed;
      if (beside) {
        readline.cursorTo(output, 0);
        readline.clearLine(output, 0);
      }
      output.write(text);
      if (beside) reader.prompt(true);
    },
    close() {
      closed = true;
      reader.close();
    },
  };
}
