import { packageCommand } from './command.ts';

process.exitCode = packageCommand(process.argv.slice(2), {
  directory: process.cwd(),
  environment: process.env,
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
});
