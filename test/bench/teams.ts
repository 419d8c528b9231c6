import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Persona } from '../support/teams/persona.ts';
import { FakeTeams } from '../support/teams/service.ts';
import { median, print, progress, quantile } from './figure.ts';
import { evaluationQuestions } from './questions.ts';
import type { TeamsJob } from './teams-child.ts';

const program = fileURLToPath(new URL('teams-child.ts', import.meta.url));

const people = 40;
const atOnce = 16;
const messagesInRound = 600;
const rounds = 11;

interface Round {
  /** Messages a second. */
  readonly rate: number;
  /** Milliseconds from each message to the end of its request, by which its answer has been posted. */
  readonly times: readonly number[];
}

/** Messages a second with answers, signed and over HTTP, against a bare botbuilder that repeats what it hears. */
export async function teamsMessages(): Promise<void> {
  const teams = await FakeTeams.open();
  const bots = await Promise.all((['bot', 'echo'] as const).map((kind) => openBot(kind, teams)));
  try {
    const measured = bots.map((): Round[] => []);
    for (let round = 0; round <= rounds; round++)
      for (const [index, { url }] of bots.entries()) {
        const result = await talk(teams, url, round);
        progress(
          `Teams, round ${round}, ${index === 0 ? 'the bot' : 'echo'}: ${Math.round(result.rate)} a second`,
        );
        // The first round is for warming up.
        if (round > 0) measured[index]!.push(result);
      }
    const [bot = [], echo = []] = measured;
    // Round by round, since a machine is not the same from one minute to the next.
    const shares = bot.map(({ rate: own }, round) => own / echo[round]!.rate);
    const rate = (all: readonly Round[]): number => median(all.map((round) => round.rate));
    const ninetyNine = (all: readonly Round[]): number =>
      quantile(
        all.flatMap(({ times }) => times),
        0.99,
      );
    print({
      name: 'Teams: signed messages with answers',
      value: rate(bot),
      unit: 'per second',
      vs: { 'bare botbuilder echo': rate(echo) },
      note: `${median(shares).toFixed(2)} of the echo, ${atOnce} at once, median of ${rounds} rounds`,
    });
    print({
      name: 'Teams: from message to answer, slowest in a hundred',
      value: ninetyNine(bot),
      unit: 'ms',
      vs: { 'bare botbuilder echo': ninetyNine(echo) },
    });
  } finally {
    for (const { child } of bots) child.disconnect();
    await teams.close();
  }
}

async function openBot(
  kind: TeamsJob['kind'],
  teams: FakeTeams,
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const { app, openIdMetadataUrl, tokenIssuer } = teams.options;
  const job: TeamsJob = { kind, app, openIdMetadataUrl, tokenIssuer };
  const child = fork(program, [JSON.stringify(job)]);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (address) => resolve(String(address)));
    child.once('exit', () => reject(new Error(`the ${kind} did not start`)));
  });
  return { url, child };
}

async function talk(teams: FakeTeams, url: string, round: number): Promise<Round> {
  const personas = Array.from({ length: people }, (_, index) => {
    const name = `Person ${index}`;
    return new Persona(
      teams,
      url,
      teams.members.get(`29:person-${index}`) ?? teams.member(name, `p${index}@a.example`),
    );
  });
  const questions = evaluationQuestions();
  const token = teams.issuer.token({ audience: teams.options.app.id, serviceUrl: teams.serviceUrl });
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let own = next++; own < messagesInRound; own = next++) {
        const persona = personas[own % people]!;
        const question =
          questions[(round * messagesInRound + own) % questions.length] ?? 'can I use my phone?';
        const sent = performance.now();
        const { status, posted } = await persona.post(persona.message(question), token);
        if (status !== 200 || posted.length === 0) throw new Error(`A message was answered with ${status}`);
        times.push(performance.now() - sent);
      }
    }),
  );
  const took = (performance.now() - start) / 1_000;
  // What was sent is not looked at again.
  teams.calls.length = 0;
  teams.wire.length = 0;
  for (const { messages } of teams.conversations.values()) messages.clear();
  return { rate: messagesInRound / took, times };
}
