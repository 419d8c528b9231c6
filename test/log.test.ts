import { expect, test } from 'vitest';
import { createLogger, faultOf } from '../src/log.ts';
import { StoreError } from '../src/store/error.ts';

test('logs no text of a person, wherever it stands', () => {
  let logged = '';
  const logger = createLogger('trace', {
    write(line) {
      logged += line;
    },
  });
  logger.info(
    {
      request: { text: 'secret', values: { 'person.text': 'secret' } },
      value: 'secret',
      a: { b: { body: 'secret' } },
    },
    'x',
  );
  logger.error({ ...faultOf(new Error('secret')) }, 'a request failed');
  expect(logged).not.toContain('secret');
  expect(logged).toContain('a request failed');
});

test('tells where a fault happened, and not with which words', () => {
  const fault = faultOf(new TypeError('secret\n    at secret (secret:1:2)'));
  expect(fault.fault).toBe('TypeError');
  expect(fault.at[0]).toContain('log.test.ts');
  expect(faultOf(Object.assign(new Error('x'), { code: 'EPIPE' }))).toMatchObject({ code: 'EPIPE' });
  expect(faultOf('secret')).toEqual({ fault: 'string', at: [] });
});

test('keeps the words of a store’s fault, which quote nobody', () => {
  expect(faultOf(new StoreError('The disk is full.', 'SQLITE_FULL'))).toMatchObject({
    fault: 'The disk is full. (SQLITE_FULL)',
  });
});
