/**
 * A whole treatment without hardware and without waiting: patient, box, cable and host in one program.
 *
 *   npx tsx examples/box-in-memory.ts
 *
 * Time is simulated: the minute below takes a moment, and the same seed gives the same minute again.
 */
import { profileByName } from '../firmware-sim/profiles/index.ts';
import { Box, Rng, SimPatient } from '../src/index.ts';
import { Session } from '../src/session/session.ts';

const rng = new Rng(42);
const patient = new SimPatient({ rhythm: 'vf', rng: rng.fork('patient') });
const box = new Box({ profile: profileByName('als'), patient, rng: rng.fork('box') });
const session = new Session({ rng: rng.fork('session') });

let nowUs = 0;
let toBox: Uint8Array[] = [];
session.onSend = (bytes) => toBox.push(bytes.slice());
session.onEvent = (event) => {
  if (event.type === 'charged') session.operate({ type: 'shock' }, nowUs); // the operator's finger
  if (event.type === 'heartRate' || event.type === 'beat' || event.type === 'advice') return;
  const { t, type, sample, ...rest } = event;
  console.log(
    `${t.toFixed(2).padStart(6)} s  ${String(sample).padStart(6)}  ${type.padEnd(9)} ${JSON.stringify(rest)}`,
  );
};

session.opened(nowUs);
let charged = false;
for (; nowUs < 20_000_000; nowUs += 5000) {
  const bytes = Buffer.concat(toBox);
  toBox = [];
  session.receive(box.step(nowUs, bytes).bytesOut, nowUs);
  session.poll(nowUs);
  if (!charged && nowUs > 5_000_000) {
    charged = true;
    session.operate({ type: 'selectEnergy', energyJ: 200 }, nowUs);
    session.operate({ type: 'charge' }, nowUs);
  }
}
console.log(`the patient now has: ${patient.rhythm}`);
