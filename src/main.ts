// Node's version is checked before this is read: package.json's scripts preload before-main.cjs.

import type { WebOptions } from '../adapters/web/adapter.ts';
import { LearningStopped } from './answers/learning-stopped.ts';
import type { AdapterFactory } from './chat/mod.ts';
import { whenLeftBehind } from './cli/left-behind.ts';
import type { Command, Shell } from './cli/shell.ts';
import { standardInput, watchOutput } from './cli/streams.ts';

/** Each command is loaded only when it is asked for, so that a short one starts fast. */
const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  start: () => import('./cli/start.ts'),
  ask: () => import('./cli/ask.ts'),
  content: () => import('./cli/content.ts'),
  concerns: () => import('./cli/concerns.ts'),
  people: () => import('./cli/people.ts'),
  remind: () => import('./cli/remind.ts'),
  report: () => import('./cli/report.ts'),
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
  async previewChat({ school, ...options }) {
    const { createWeb } = await import('../adapters/web/adapter.ts');
    const pages: WebOptions['pages'] = [
      { label: 'Time', path: '/time' },
      { label: 'Report', path: '/report' },
      { label: 'Web form', path: '/concern', apart: true },
      { label: 'Inbox', path: '/inbox', apart: true },
    ];
    return createWeb({ ...options, school, pages });
  },
  async addConcernPages(routes, site) {
    const { addConcernPages } = await import('../adapters/web/concerns.ts');
    addConcernPages(routes, { ...site, base: '', local: false });
  },
  async browser() {
    const { findBrowser } = await import('./cli/open-browser.ts');
    return findBrowser(process.env);
  },
  async platforms({ slack, teams }) {
    const factories: AdapterFactory[] = [];
    if (slack) factories.push((await import('../adapters/slack/adapter.ts')).createSlack(slack));
    if (teams) factories.push((await import('../adapters/teams/adapter.ts')).createTeams(teams));
    return factories;
  },
  onStopSignal(stop) {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
    const forget = whenLeftBehind(process.env, stop);
    stopping = stop;
    return () => {
      forget();
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop);
    };
  },
};

watchOutput(() => (stopping ? stopping() : process.exit()));

const [name = '', ...given] = process.argv.slice(2);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (load) {
  const { runCommand } = await import('./cli/shell.ts');
  const code = await runCommand((await load()).command, given, shell).catch((error: unknown) => {
    // Told to end, it ends: there is nothing to tell of.
    if (error instanceof LearningStopped) return error.exitCode;
    throw error;
  });
  // Output that could not be written has set it already.
  process.exitCode ||= code;
} else {
  const { harmlessLine } = await import('./chat/harmless.ts');
  const what = name === '' ? 'Which command?' : `There is no command "${harmlessLine(name)}".`;
  shell.errors.write(`${what} Use one of: ${Object.keys(commands).join(', ')}.\n`);
  process.exitCode = 2;
}
