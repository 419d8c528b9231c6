import { expect, test } from 'vitest';
import { renderForm } from '../../../adapters/web/render.ts';
import type { Form } from '../../../src/chat/mod.ts';

const form: Form = {
  id: 'x',
  title: 'Your code',
  intro: [],
  inputs: [],
  submitLabel: 'I have written it down',
};
const links = {
  press: '/press',
  token: 'token',
  target: '#talk',
  seal: () => 'sealed',
  action: '/form',
  cancel: '/',
};

test('the way out of a form is called what the form calls it, or else “Cancel”', () => {
  expect(String(renderForm(form, links))).toMatch(/href="\/">Cancel<\/a>/);
  expect(String(renderForm({ ...form, cancelLabel: 'Close' }, links))).toMatch(/href="\/">Close<\/a>/);
});
