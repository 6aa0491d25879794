/** The strip: the last ten seconds on paper, to look at, to print and to keep. */
import { toSvg } from '../core/drawing.ts';
import { stripDrawing } from '../core/ecg-strip.ts';
import { byId, clockText, saveFile } from './dom.ts';
import type { EcgScreen } from './screen.ts';

const STRIP_S = 10;

export class StripDialog {
  private readonly dialog = byId('strip', HTMLDialogElement);
  private readonly paper = byId('strip-paper', HTMLElement);

  constructor(screen: EcgScreen, heading: () => readonly string[]) {
    byId('strip-open', HTMLButtonElement).addEventListener('click', () => {
      this.show(screen, heading());
    });
    byId('strip-close', HTMLButtonElement).addEventListener('click', () => this.dialog.close());
    byId('strip-print', HTMLButtonElement).addEventListener('click', () => window.print());
    byId('strip-save', HTMLButtonElement).addEventListener('click', () =>
      saveFile('rwave-strip.svg', 'image/svg+xml', this.paper.innerHTML),
    );
  }

  private show(screen: EcgScreen, heading: readonly string[]): void {
    const { waves } = screen;
    const { fs } = waves;
    const end = screen.position;
    const from = Math.max(waves.begin, end - Math.round(STRIP_S * fs));
    const leads = screen.shownLeads().map(({ lead, name }) => ({
      name,
      values: Array.from({ length: Math.max(0, end - from) }, (_, i) => waves.at(lead, from + i)),
    }));
    const marks = screen.markersIn(from, end).map(({ sample, kind }) => ({ at: sample - from, kind }));
    const first = fs > 0 ? `${clockText(from / fs)} to ${clockText(end / fs)}` : 'no signal yet';
    const drawing = stripDrawing({
      fs: fs > 0 ? fs : 1,
      leads,
      marks,
      mmPerS: 25,
      mmPerMv: screen.scale.mmPerMv,
      heading: [`${first} · 25 mm/s · ${screen.scale.mmPerMv} mm/mV · SIMULATED`, ...heading],
    });
    this.paper.replaceChildren(
      new DOMParser().parseFromString(toSvg(drawing, 'ECG strip'), 'image/svg+xml').documentElement,
    );
    this.dialog.showModal();
  }
}
