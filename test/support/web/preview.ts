import { join } from 'node:path';
import { createWeb, type WebOptions } from '../../../adapters/web/adapter.ts';
import { type Composed, compose } from '../../../src/compose.ts';
import { enrolExampleReaders } from '../../../src/concerns/example-readers.ts';
import { type RunningClock, runningClock } from '../../../src/school/running-clock.ts';
import { openServer, RouteTable } from '../../../src/server.ts';
import { temporaryFolder } from '../content.ts';

export interface OpenPreview {
  /** Without a slash at the end. */
  readonly url: string;
  readonly composed: Composed;
  readonly clock: RunningClock;
  close(): Promise<void>;
}

/** The whole bot in a browser, as main puts it together, on a Monday morning in November 2026. */
export async function openPreview(
  contentDir = join(import.meta.dirname, '../../../content'),
): Promise<OpenPreview> {
  const routes = new RouteTable();
  const clock = runningClock({ ahead: Date.parse('2026-11-23T09:30:00Z') - Date.now() });
  const server = await openServer({ host: '127.0.0.1', port: 0, ready: () => composed.ready(), routes });
  const options: WebOptions = {
    base: '',
    pages: [
      { label: 'Time', path: '/time' },
      { label: 'Report', path: '/report' },
      { label: 'Web form', path: '/concern', apart: true },
      { label: 'Inbox', path: '/inbox', apart: true },
    ],
    school() {
      const { name, example, time_zone: timeZone, roles } = composed.content.school;
      const titles = Object.entries(roles).map(([role, { title }]) => [role, title]);
      return { name, example, timeZone, roles: Object.fromEntries(titles), dayBegins: '08:00' };
    },
    clock,
    tick: () => composed.tick(),
    exampleReaders: () => enrolExampleReaders(composed.concerns, composed.content.school),
    report: (person) => composed.reminders.report({ platform: 'preview', person }),
  };
  const composed = await compose({
    settings: { contentDir, dataDir: temporaryFolder(), databaseUrl: undefined, publicUrl: server.url },
    clock,
    adapters: [createWeb(options)],
    routes,
  });
  await composed.start();
  return {
    url: server.url,
    composed,
    clock,
    async close() {
      await Promise.all([server.close(), composed.stop()]);
    },
  };
}
