import { ready } from '../../../../src/concerns/sealing/mod.ts';
import { tokenIn, welcome } from './enrol.ts';
import { askWho } from './login.ts';

// A page that comes back from the browser's memory would show what somebody read before.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
// A link that is opened in a page that is open already.
addEventListener('hashchange', () => tokenIn(location.hash) !== undefined && location.reload());

await ready;
const token = tokenIn(location.hash);
if (token === undefined) await askWho();
else {
  // Out of the address bar and the history: whoever comes next must not find it there.
  history.replaceState(null, '', location.pathname);
  await welcome(token);
}
