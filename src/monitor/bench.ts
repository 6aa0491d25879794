/** The bench: what is done to the patient and the box, kept apart from the front panel. */
import type { BenchAction, HelloMessage, StatusMessage } from '../protocol/screen.ts';
import { byId, fillSelect, followSelect, setText } from './dom.ts';

export class BenchPanel {
  private readonly rhythm = byId('rhythm', HTMLSelectElement);

  constructor(act: (action: BenchAction) => void) {
    this.rhythm.addEventListener('change', () => act({ type: 'rhythm', rhythm: this.rhythm.value }));
  }

  hello(message: HelloMessage): void {
    fillSelect(this.rhythm, message.rhythms);
    byId('rhythm-label', HTMLElement).hidden = message.rhythms.length === 0;
    const source = byId('source', HTMLElement);
    source.hidden = message.source.kind === 'rhythm';
    const kind = message.source.kind === 'record' ? 'Recording' : 'Device';
    setText(source, `${kind}: ${message.source.name}`);
  }

  update(status: StatusMessage): void {
    followSelect(this.rhythm, status.rhythm);
  }
}
