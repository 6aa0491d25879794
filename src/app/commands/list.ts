/** `rwave list`: serial ports and simulated boxes of this computer. */
import type { Command } from 'commander';
import type { RwaveCommand } from '../command.ts';
import { runningBoxes } from '../ports/registry.ts';
import { listPorts } from '../ports/serial-ports.ts';

export const listCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('list')
      .description('list serial ports and running simulated boxes, as --device takes them')
      .option('--json', 'one JSON object a line')
      .addHelpText(
        'after',
        `
Examples:
  rwave list
  rwave monitor --device $(rwave list --json | head -1 | jq -r .address)`,
      )
      .action(list);
  },
};

async function list({ json }: { json?: true }): Promise<void> {
  const boxes = runningBoxes().map((box) => ({ ...box, simulated: true }));
  const ports = (await listPorts()).map((port) => ({ address: `serial:${port.path}`, ...port }));
  if (json) {
    for (const entry of [...boxes, ...ports]) process.stdout.write(`${JSON.stringify(entry)}\n`);
    return;
  }
  for (const { address, model, pid } of boxes) {
    process.stdout.write(`${address.padEnd(28)} ${model}, SIMULATED, process ${pid}\n`);
  }
  for (const { address, usb = '', manufacturer = '', serialNumber = '' } of ports) {
    process.stdout.write(
      `${`${address.padEnd(28)} ${[usb, manufacturer, serialNumber].join(' ')}`.trimEnd()}\n`,
    );
  }
  if (boxes.length + ports.length === 0) {
    process.stdout.write('no serial ports and no simulated boxes; start one: rwave device --pty\n');
  }
}
