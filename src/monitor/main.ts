/** The monitor's page: joins the connection to the panels. It draws; what may happen is decided behind the server. */
import type { SessionEvent } from '../core/session-events.ts';
import type { HelloMessage, ServerMessage, StatusMessage } from '../protocol/screen.ts';
import { AdvicePanel } from './advice.ts';
import { AlarmPanel } from './alarms.ts';
import { BenchPanel } from './bench.ts';
import { Connection, socketUrl } from './connection.ts';
import { byId, clockText, followSelect, setData, setText } from './dom.ts';
import { EventList } from './events.ts';
import { PacerPanel } from './pacer.ts';
import { EcgScreen } from './screen.ts';
import { SlowScreen } from './slow.ts';
import { Sound } from './sound.ts';
import { StripDialog } from './strip.ts';
import { TherapyPanel } from './therapy.ts';
import { VitalsPanel } from './vitals.ts';
import { Voice } from './voice.ts';

const screen = new EcgScreen();
const events = new EventList();
const advice = new AdvicePanel();
const therapy = new TherapyPanel((action) => connection.send({ type: 'operate', action }));
const alarms = new AlarmPanel((action) => connection.send({ type: 'operate', action }));
const pacer = new PacerPanel((action) => connection.send({ type: 'operate', action }));
const vitals = new VitalsPanel((action) => connection.send({ type: 'operate', action }));
const slow = new SlowScreen();
const bench = new BenchPanel((action) => connection.send({ type: 'bench', action }));

const sound = new Sound();
const voice = new Voice();
const link = byId('link', HTMLElement);
const heart = byId('heart', HTMLElement);
const heartRate = byId('heart-rate', HTMLElement);
/** Events before the first status are the past: listed, not spoken. */
let caughtUp = false;
const source = byId('source-choice', HTMLSelectElement);
let seed = '';
let lastStatus: StatusMessage | undefined;

screen.onPaint = (sample) => slow.drawTo(sample);
source.addEventListener('change', () => {
  const chosen = source.value === 'ecg' || source.value === 'spo2' ? source.value : 'pads';
  connection.send({ type: 'operate', action: { type: 'source', source: chosen } });
});
new StripDialog(screen, stripHeading);
switchKey('sound', sound);
switchKey('voice', voice);

/** Off until asked for: a browser lets no page sound by itself, and nobody likes one that talks. */
function switchKey(id: string, what: { on: boolean; toggle(): void }): void {
  const key = byId(id, HTMLButtonElement);
  key.addEventListener('click', () => {
    what.toggle();
    key.setAttribute('aria-pressed', String(what.on));
  });
}

const connection = new Connection(socketUrl(window.location), {
  onWave: (wave) => screen.push(wave),
  onSlowWave: (wave) => slow.push(wave),
  onMessage: receive,
  onOpen: () => screen.say('Waiting for the device'),
  onLost: () => {
    caughtUp = false;
    therapy.offline();
    pacer.offline();
    vitals.offline();
    alarms.offline();
    sound.alarm(undefined);
    setText(byId('prompt', HTMLElement), '');
    showLink('lost', 'no server');
    showHeartRate(null);
    screen.say('No connection to the rwave server. Trying again.', 'alarm');
  },
});

function receive(message: ServerMessage): void {
  if (message.type === 'hello') hello(message);
  else if (message.type === 'status') update(message);
  else show(message.event);
}

function hello(message: HelloMessage): void {
  events.begin();
  seed = message.seed;
  advice.hello(message);
  alarms.begin();
  voice.language = message.language;
  bench.hello(message);
}

function update(status: StatusMessage): void {
  caughtUp = true;
  lastStatus = status;
  sound.therapy(status.therapy, status.chargePct);
  setText(byId('clock', HTMLElement), clockText(status.t));
  showLink(status.link, status.link);
  showHeartRate(status.heartRate);
  if (status.device !== null) screen.setLeads(status.device.leadNames);
  setText(byId('device-name', HTMLElement), status.device?.model ?? '');
  therapy.update(status);
  pacer.update(status);
  alarms.update(status);
  sound.alarm(
    status.alarmSound.sound === 'on' ? status.alarms.find((a) => a.state === 'on')?.priority : undefined,
  );
  vitals.update(status);
  followSelect(source, status.source);
  advice.wait(status.delay);
  advice.update(status.link === 'up' ? status.advice : null);
  bench.update(status.bench);
  overlay(status);
  setText(byId('prompt', HTMLElement), status.prompt);
}

function overlay(status: StatusMessage): void {
  if (status.link === 'lost')
    screen.say(`Link lost${status.linkWhy === '' ? '' : `: ${status.linkWhy}`}`, 'alarm');
  else if (status.link === 'stale') screen.say('No data from the device', 'alarm');
  else if (status.link === 'down') screen.say('Waiting for the device');
  else if (status.bench?.ended === true) screen.say('The recording is over');
  else if (status.leadsOff) screen.say('Pads off: check the electrodes', 'alarm');
  else screen.say('');
}

function show(event: SessionEvent): void {
  events.add(event, caughtUp);
  alarms.log(event);
  if (event.type === 'prompt' && caughtUp) voice.say(event.text);
  if (event.type === 'sync' && event.by === 'box') screen.mark({ sample: event.sample, kind: 'sync' });
  else if (event.type === 'shock') screen.mark({ sample: event.sample, kind: 'shock' });
  else if (event.type === 'pacePulse') screen.mark({ sample: event.sample, kind: 'pace' });
  else if (event.type === 'beat') beat();
}

/** The small light beside the number, once a beat; still where the reader asked for less motion. */
function beat(): void {
  sound.beat();
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  heart.animate([{ opacity: 1 }, { opacity: 0.15 }], { duration: 300, easing: 'ease-out' });
}

function stripHeading(): readonly string[] {
  if (lastStatus === undefined) return [];
  const rate = lastStatus.heartRate === null ? '--' : String(Math.round(lastStatus.heartRate));
  const sync = lastStatus.sync ? ' · SYNC' : '';
  const shocks = ` · shocks ${lastStatus.shocks}`;
  return [`HR ${rate}/min · ${lastStatus.energyJ} J selected${sync}${shocks} · seed ${seed}`];
}

function showHeartRate(bpm: number | null): void {
  setText(heartRate, bpm === null ? '--' : String(Math.round(bpm)));
  setData(heartRate, 'known', String(bpm !== null));
}

function showLink(state: string, text: string): void {
  setText(link, text === 'up' ? 'link up' : text === 'no server' ? text : `link ${text}`);
  setData(link, 'link', state);
}
