// Read before src/main.ts. Plain JavaScript of an old kind, because it has to run where nothing else here does: package.json has Node
// read it before src/main.ts, whose TypeScript an older Node refuses with words that help nobody.
'use strict';

var needed = 24;
var found = process.versions.node;

if (Number(found.split('.')[0]) < needed) {
  process.stderr.write(
    'This needs Node ' +
      needed +
      ' or later, and this is Node ' +
      found +
      '. Run it through npm ("npm start"), which brings its own. ' +
      'If you did, run "npm ci" again without --ignore-scripts.\n',
  );
  process.exit(1);
}

// Node keeps what it makes of the TypeScript beside what was learnt: the next start is quicker and smaller by
// the compiler that it does not load.
require('node:module').enableCompileCache(
  require('node:path').join(__dirname, '..', 'node_modules', '.cache', 'staff-guidance-bot', 'compiled'),
);
