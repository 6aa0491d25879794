/**
 * Runs the checks on a stand, one after the other, and sums up. A check that the device cannot take is "not run", with the
 * reason; a device that stops answering fails the check.
 */
import { type ExitCode, EXIT, LinkLostError, NoDeviceError } from '../../core/errors.ts';
import { Rng } from '../../core/rng.ts';
import { WELCOME_FLAG } from '../../protocol/messages.ts';
import { VERSION } from '../version.ts';
import { Bay, Stopped } from './bay.ts';
import type { BayOptions } from './bay.ts';
import type { Check, Need } from './check.ts';
import { say } from './checks/ascii.ts';
import type { CheckReport, CheckResult, Finding, Verdict } from './finding.ts';
import { brokeSafety, notRun, worst } from './finding.ts';
import { LineHost } from './line-host.ts';
import { PacketHost } from './packet-host.ts';
import { BenchRefused } from './stand.ts';
import type { Stand } from './stand.ts';

export interface Device {
  /** As --device says. */
  address: string;
  model: string;
  serial: string;
  firmware: string;
  simulated: boolean;
  /** DSP/1 answers HELLO. */
  session: boolean;
  /** The answer to IDENT; '' where there are no lines. */
  ident: string;
  leads: string;
  fs: number;
}

export interface Report {
  version: string;
  seed: number;
  device: Device;
  profile: string;
  /** Only where real time passes: a simulated run has the same bytes every day. */
  startedAt?: string;
  bench: boolean;
  faults: readonly string[];
  checks: readonly CheckReport[];
  counts: Readonly<Record<Verdict, number>>;
  verdict: Verdict;
  safetyBroken: boolean;
  linkLost: boolean;
}

export interface RunOptions extends Omit<BayOptions, 'rng' | 'tell'> {
  device: Device;
  seed: number;
  checks: readonly Check[];
  faults: readonly string[];
  startedAt?: string;
  tell: (check: Check, text: string) => void;
  onCheck: (report: CheckReport) => void;
}

/** For HELLO; whoever has answered a line is awake. */
const FIND_MS = { silent: 6000, awake: 2000 };

/** The cable went away in the middle of a check. */
class LostDuring extends Error {
  readonly findings: readonly Finding[];

  constructor(why: string, findings: readonly Finding[]) {
    super(why);
    this.findings = findings;
  }
}

/** Who is there: asks in lines first, then with HELLO. Neither does anything to the energy of an idle device. */
export async function identify(stand: Stand, address: string, seed: number): Promise<Device> {
  const terminal = new LineHost();
  stand.attach(terminal);
  const ident = await say({ stand }, terminal, 'IDENT');
  const host = new PacketHost(new Rng(seed).fork('identify'));
  stand.attach(host);
  await stand.until(
    () => host.welcome !== undefined || host.refused !== '',
    ident === '' ? FIND_MS.silent : FIND_MS.awake,
  );
  const { welcome } = host;
  if (welcome === undefined && ident === '') {
    const why = host.refused === '' ? 'neither DSP/1 nor IDENT is answered' : host.refused;
    throw new NoDeviceError(`${address}: open, but no device that can be verified: ${why}`);
  }
  const [model = '', firmware = '', serial = ''] = ident.split(';').map((word) => word.trim());
  return {
    address,
    model: welcome?.model ?? model,
    serial: welcome?.serial ?? serial,
    firmware: welcome?.firmware ?? firmware,
    simulated:
      welcome === undefined ? /\bSIMULATED\b/.test(ident) : (welcome.flags & WELCOME_FLAG.simulated) !== 0,
    session: welcome !== undefined,
    ident,
    leads: welcome?.leadNames ?? '',
    fs: welcome?.fs ?? 0,
  };
}

export async function runChecks(options: RunOptions): Promise<Report> {
  const { device, seed, checks, stand, profile, faults, startedAt } = options;
  const reports: CheckReport[] = [];
  let linkLost = false;
  for (const check of checks) {
    const missing = linkLost ? 'the link was lost before' : missingFor(check, options);
    let result: CheckResult;
    if (missing !== undefined) result = { findings: [notRun(check.title, missing)] };
    else {
      try {
        result = await runOne(check, options);
      } catch (error) {
        if (!(error instanceof LostDuring)) throw error;
        linkLost = true;
        result = { findings: [...error.findings, { what: `link lost: ${error.message}`, verdict: 'FAIL' }] };
      }
    }
    const { name, title, method } = check;
    const report = { name, title, method, ...result };
    reports.push(report);
    options.onCheck(report);
  }
  const findings = reports.flatMap((r) => r.findings);
  const count = (verdict: Verdict): number => findings.filter((f) => f.verdict === verdict).length;
  return {
    version: VERSION,
    seed,
    device,
    profile: profile.name,
    ...(startedAt !== undefined && { startedAt }),
    bench: stand.bench !== undefined,
    faults,
    checks: reports,
    counts: { PASS: count('PASS'), FAIL: count('FAIL'), 'not run': count('not run') },
    verdict: worst(findings),
    safetyBroken: findings.some(brokeSafety),
    linkLost,
  };
}

export function exitCodeOf({ safetyBroken, linkLost, verdict }: Report): ExitCode {
  if (safetyBroken) return EXIT.safety;
  if (linkLost) return EXIT.linkLost;
  return verdict === 'FAIL' ? EXIT.verdictFailed : EXIT.ok;
}

async function runOne(check: Check, options: RunOptions): Promise<CheckResult> {
  const { stand, device, profile, beats, records, quick, seed } = options;
  const rng = new Rng(seed).fork(`verify.${check.name}`);
  const tell = (text: string): void => options.tell(check, text);
  const bay = new Bay({ stand, device, profile, rng, beats, records, quick, tell });
  try {
    return await check.run(bay);
  } catch (error) {
    const { findings } = bay;
    if (error instanceof BenchRefused) findings.push(notRun(check.title, `bench channel: ${error.message}`));
    else if (error instanceof Stopped) findings.push({ what: error.message, verdict: 'FAIL' });
    else if (error instanceof LinkLostError) throw new LostDuring(error.message, findings);
    else throw error;
    return { findings };
  }
}

const WITHOUT: Readonly<Record<Need, string>> = {
  session: 'the device does not speak DSP/1: only its lines of text can be verified',
  lines: 'the device does not answer IDENT',
  bench: 'the device has no bench channel: nobody can set patient, load, battery and faults',
  sync: 'the model has no SYNC',
};

function missingFor({ needs }: Check, { device, stand, profile }: RunOptions): string | undefined {
  const has: Readonly<Record<Need, boolean>> = {
    session: device.session,
    lines: device.ident !== '',
    bench: stand.bench !== undefined,
    sync: profile.hasSync,
  };
  const missing = needs.find((need) => !has[need]);
  return missing === undefined ? undefined : WITHOUT[missing];
}
