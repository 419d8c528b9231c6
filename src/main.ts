// Node's version is checked before this is read: package.json's scripts preload before-main.cjs.
import type { Command, Shell } from './cli/shell.ts';
import { standardInput, watchOutput } from './cli/streams.ts';

/** Each command is loaded only when it is asked for, so that a short one starts fast. */
const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  start: () => import('./cli/start.ts'),
  ask: () => import('./cli/ask.ts'),
  content: () => import('./cli/content.ts'),
};

/** What is to be called when the process is told to end. */
let stopping: (() => void) | undefined;

const shell: Shell = {
  environment: process.env,
  input: standardInput(),
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
  platforms: async () => [],
  onStopSignal(stop) {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
    stopping = stop;
    return () => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop);
    };
  },
};

watchOutput(() => (stopping ? stopping() : process.exit()));

const [name = '', ...given] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (load) {
  const { runCommand } = await import('./cli/shell.ts');
  const code = await runCommand((await load()).command, given, shell);
  // Output that could not be written has set it already.
  process.exitCode ||= code;
} else {
  const { harmlessLine } = await import('./chat/harmless.ts');
  const what = name === '' ? 'Which command?' : `There is no command "${harmlessLine(name)}".`;
  shell.errors.write(`${what} Use one of: ${Object.keys(commands).join(', ')}.\n`);
  process.exitCode = 2;
}
