import './node-version.cjs';
import type { Command, Shell } from './cli/shell.ts';

/** Each command is loaded only when it is asked for, so that a short one starts fast. */
const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  start: () => import('./cli/start.ts'),
  ask: () => import('./cli/ask.ts'),
  content: () => import('./cli/content.ts'),
};

const shell: Shell = {
  environment: process.env,
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  async cardDrawer() {
    const { renderCard } = await import('../adapters/console/render.ts');
    return (card, screen) => renderCard(card, screen).text;
  },
  async terminalChat({ interactive, colour, onLeave }) {
    const { createConsole } = await import('../adapters/console/adapter.ts');
    const { openTerminal } = await import('../adapters/console/terminal.ts');
    const { stdin: input, stdout: output } = process;
    return createConsole({
      openTerminal: () => openTerminal({ input, output, interactive, colour }),
      startAs: 'teacher',
      onLeave,
    });
  },
  onStopSignal(stop) {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
    return () => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop);
    };
  },
};

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const [name = '', ...given] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (load) {
  const { runCommand } = await import('./cli/shell.ts');
  process.exitCode = await runCommand((await load()).command, given, shell);
} else {
  const what = name === '' ? 'Which command?' : `There is no command "${name}".`;
  shell.errors.write(`${what} Use one of: ${Object.keys(commands).join(', ')}.\n`);
  process.exitCode = 2;
}
