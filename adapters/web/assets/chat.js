// What the pages can't do without a script: bring an answer's beginning into view, keep the keyboard's place,
// and say when the bot can't be reached. Without it they work all the same.
const away = document.getElementById('away');
const say = (gone) => () => {
  if (away) away.hidden = !gone;
};
document.addEventListener('htmx:error', say(true));
document.addEventListener('htmx:sse:error', say(true));
document.addEventListener('htmx:after:request', say(false));
document.addEventListener('htmx:sse:after:connection', say(false));

for (const place of document.querySelectorAll('#messages, #opened'))
  new MutationObserver((changes) => {
    const nodesOf = (kind) => changes.flatMap((change) => [...change[kind]]).filter((node) => node.id);
    const before = new Set(nodesOf('removedNodes').map(({ id }) => id));
    const shown = nodesOf('addedNodes').filter((node) => node.isConnected && !node.hidden);
    const form = shown.find(({ id }) => id === 'z-form');
    const next = form ?? shown.find(({ id }) => !before.has(id));
    next?.scrollIntoView({ block: 'start' });
    // The button that had the keyboard is gone with its card.
    const lost = !document.activeElement || document.activeElement === document.body;
    const focus = form ?? (lost ? (next ?? shown[0]) : undefined);
    if (!focus) return;
    focus.tabIndex = -1;
    focus.focus({ preventScroll: true });
  }).observe(place, { childList: true });
