/** Reads the prompts aloud with the browser's own voice, in their language; off until asked for. */
export class Voice {
  /** BCP 47 tag. */
  language = 'en';
  private talks = false;

  get on(): boolean {
    return this.talks;
  }

  toggle(): void {
    this.talks = !this.talks;
    if (!this.talks) window.speechSynthesis.cancel();
  }

  /** A new prompt is more urgent than the end of the old one. */
  say(text: string): void {
    if (!this.talks || text === '') return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = this.language;
    window.speechSynthesis.cancel();
    window.speechSynthesis.speak(utterance);
  }
}
