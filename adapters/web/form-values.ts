import type { Form, FormValues } from '../../src/chat/mod.ts';

/** What was filled into a form's own inputs, and nothing else that came along. */
export function valuesOf({ inputs }: Pick<Form, 'inputs'>, values: URLSearchParams): FormValues {
  return Object.fromEntries(
    inputs.map((input) => [
      input.name,
      input.kind === 'choice' && input.many ? values.getAll(input.name) : (values.get(input.name) ?? ''),
    ]),
  );
}
