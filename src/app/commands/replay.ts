/** `rwave replay`: a trace runs again, as the box in memory, or as one side of a cable. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { EXIT, LinkLostError, RecordError, UsageError } from '../../core/errors.ts';
import type { Link } from '../../link/link.ts';
import { ADDRESS_HELP, openLink } from '../../link/open.ts';
import { withCableOptions } from '../cable/cable-options.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import { LiveCable } from '../cable/live-cable.ts';
import { PacketDecoder } from '../../protocol/codec.ts';
import type { Packet } from '../../protocol/codec.ts';
import { WELCOME_FLAG } from '../../protocol/messages.ts';
import type { RwaveCommand } from '../command.ts';
import { ptyPort, tcpPort } from '../device/cable-port.ts';
import type { CablePort } from '../device/cable-port.ts';
import { replayBox } from '../trace/replay-box.ts';
import { fromHex, parseTrace } from '../trace/trace-line.ts';
import type { Side, TraceBytes } from '../trace/trace-line.ts';

interface ReplayFlags extends CableFlags {
  link?: string;
  as: 'box' | 'device' | 'host';
  device?: string;
  pty?: true;
  tcp?: string;
  seed: string;
  fast?: true;
  json?: true;
}

const LAST_WORDS_MS = 300;

export const replayCommand: RwaveCommand = {
  register(program: Command): void {
    withCableOptions(program.command('replay'), { boxIsOurs: false })
      .description('run a trace again: check a simulated box against it, or play one side of the cable')
      .argument('<file>', 'a file written with --trace')
      .option(
        '--as <side>',
        'box: in memory, byte for byte; device or host: play that side on a cable',
        'box',
      )
      .option('--device <address>', `as host: the box to talk to, ${ADDRESS_HELP}`)
      .option('--pty', 'as device: on a pseudo-terminal')
      .option('--link <file>', 'as device: stable name for the pseudo-terminal, a symbolic link')
      .option('--tcp <port>', 'as device: on this TCP port of 127.0.0.1; 0 takes any')
      .option('--seed <text>', 'the same seed is the same bad cable', '1')
      .option('--fast', 'as fast as possible instead of with the timing of the trace')
      .option('--json', 'print the verdict as JSON')
      .addHelpText(
        'after',
        `
Examples:
  rwave replay run.jsonl                         the same box, the same bytes in: are the same bytes out? (exit 1: no)
  rwave replay run.jsonl --as device --pty       a host sees what the host of the trace saw
  rwave replay run.jsonl --as host --device pty:/dev/pts/5 --fast`,
      )
      .action(replay);
  },
};

async function replay(file: string, flags: ReplayFlags): Promise<void> {
  const { header, lines } = parseTrace(read(file), file);
  if (flags.as === 'box') {
    const verdict = replayBox(header, lines);
    const { differsAt } = verdict;
    const text = verdict.same
      ? `same: ${verdict.bytes} bytes`
      : `differs: ${verdict.expectedBytes} bytes then, ${verdict.bytes} now` +
        (differsAt === undefined
          ? ''
          : `; byte ${differsAt.byte} at ${differsAt.ns / 1e9} s: expected ${differsAt.expected}, found ${differsAt.found}`);
    process.stdout.write(`${flags.json ? JSON.stringify(verdict) : text}\n`);
    if (!verdict.same) process.exitCode = EXIT.verdictFailed;
    return;
  }
  if (!['device', 'host'].includes(flags.as)) {
    throw new UsageError(`--as: expected box, device or host, found "${flags.as}"`);
  }
  const mine = lines.filter((line): line is TraceBytes => 'hex' in line && line.from === flags.as);
  if (mine.length === 0) throw new RecordError(`${file}: expected bytes from the ${flags.as}, found none`);
  await (flags.as === 'host' ? playHost(mine, flags) : playDevice(mine, flags));
}

async function playHost(lines: readonly TraceBytes[], flags: ReplayFlags): Promise<void> {
  if (flags.device === undefined) throw new UsageError('--as host: expected --device');
  const cable = new LiveCable(await openLink(flags.device), 'host', flags);
  try {
    await play(cable.link, lines, flags, 'host');
  } finally {
    cable.close();
  }
}

/** What was recorded is nobody's decision of today: no real unit is to charge by it. */
function isRealBox({ message }: Packet): boolean {
  return message.type === 'welcome' && (message.flags & WELCOME_FLAG.simulated) === 0;
}

async function playDevice(lines: readonly TraceBytes[], flags: ReplayFlags): Promise<void> {
  let plugged: (link: Link) => void = () => undefined;
  const cable = new Promise<Link>((resolve) => (plugged = resolve));
  let live: LiveCable | undefined;
  const port = await devicePort((link) => plugged(link), flags);
  try {
    await port.plug();
    process.stdout.write(
      `${JSON.stringify({ ...port.describe(), protocol: 'DSP/1', simulated: true, replay: true })}\n`,
    );
    live = new LiveCable(await cable, 'device', flags);
    const { link } = live;
    // A trace starts with somebody asking: so does this.
    await new Promise<void>((asked) => (link.onBytes = () => asked()));
    await play(link, lines, flags, 'device');
  } finally {
    live?.close();
    port.close();
  }
}

function devicePort(onPlug: (link: Link) => void, { pty, tcp, link }: ReplayFlags): Promise<CablePort> {
  if ((pty === undefined) === (tcp === undefined))
    throw new UsageError('--as device: expected --pty or --tcp PORT');
  if (tcp === undefined) return Promise.resolve(ptyPort(onPlug, link));
  if (link !== undefined) throw new UsageError('--link: expected together with --pty');
  if (!/^\d{1,5}$/.test(tcp) || Number(tcp) > 65_535) {
    throw new UsageError(`--tcp: expected a port 0..65535, found "${tcp}"`);
  }
  return tcpPort(onPlug, Number(tcp));
}

async function play(
  link: Link,
  lines: readonly TraceBytes[],
  { fast, json }: ReplayFlags,
  as: Side,
): Promise<void> {
  let why = '';
  let heard = 0;
  link.onClose = (reason) => (why = reason);
  const peer = { isReal: false };
  const decoder = new PacketDecoder({ from: 'device' });
  link.onBytes = (bytes) => {
    heard += bytes.length;
    if (as === 'host') decoder.push(bytes, (packet) => (peer.isReal ||= isRealBox(packet)));
  };
  const startMs = performance.now();
  const startNs = lines[0].ns;
  let sent = 0;
  for (const line of lines) {
    const dueMs = startMs + (line.ns - startNs) / 1e6;
    const waitMs = fast ? 0 : dueMs - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    const bytes = fromHex(line.hex) ?? new Uint8Array(0);
    // A full cable: give the other side time to read.
    while (link.open && !peer.isReal && !link.write(bytes)) await sleep(5);
    if (peer.isReal)
      throw new UsageError(`replay: ${link.name}: the device does not say that it is SIMULATED: stopped`);
    if (!link.open) throw new LinkLostError(`replay: ${link.name}: ${why} after ${sent} bytes`);
    sent += bytes.length;
  }
  // The last words of both sides are still on the cable.
  await sleep(LAST_WORDS_MS);
  process.stderr.write(
    json ? `${JSON.stringify({ as, sent, heard })}\n` : `as ${as}: sent ${sent} bytes, heard ${heard}\n`,
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new RecordError(
      `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'cannot be read'}`,
    );
  }
}
