import type { AnonymousForm, Bot, Request, Response } from '../../../src/chat/mod.ts';

export interface FakeBot extends Bot {
  readonly requests: readonly Request[];
  readonly anonymousForms: readonly AnonymousForm[];
}

/** A bot that notes what it is handed, and answers as it is told. */
export function fakeBot(
  answer: (request: Request) => Response | Promise<Response>,
  toAnonymous: (form: AnonymousForm) => Response = () => ({ kind: 'nothing' }),
): FakeBot {
  const requests: Request[] = [];
  const anonymousForms: AnonymousForm[] = [];
  return {
    requests,
    anonymousForms,
    async handle(request) {
      requests.push(request);
      return answer(request);
    },
    async anonymous(form) {
      anonymousForms.push(form);
      return toAnonymous(form);
    },
  };
}

export const ports = {
  memory: { get: async () => undefined, set: async () => {}, delete: async () => {} },
  people: [
    { id: 'aisha@hill.example', name: 'Aisha Malik', groups: ['teacher'] },
    { id: 'head@hill.example', name: 'Grace Holloway', groups: ['headteacher'] },
  ],
  routes: { add() {} },
  log: { info() {}, warn() {}, error() {} },
  peopleChanged: async () => {},
} as const;

export const said = (text: string): Response => ({
  kind: 'card',
  audience: 'place',
  card: { summary: text, elements: [{ kind: 'text', text }] },
});
