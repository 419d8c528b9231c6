import type { Output } from './shell.ts';

export interface ProgressBar {
  show(done: number, total: number): void;
  /** Leaves what was shown last, and goes on to the next line. */
  end(): void;
}

const WIDTH = 30;

/** A bar with numbers that is drawn over and over on one line; nothing at all where nobody looks at a terminal. */
export function progressBar(output: Output, what: string): ProgressBar {
  let shown = '';
  return {
    show(done, total) {
      if (!output.isTTY || total === 0) return;
      const full = Math.floor((WIDTH * done) / total);
      const line = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${done} of ${total} ${what}`;
      if (line === shown) return;
      output.write(`\r${line}${' '.repeat(Math.max(0, shown.length - line.length))}`);
      shown = line;
    },
    end() {
      if (shown !== '') output.write('\n');
      shown = '';
    },
  };
}
