/**
 * Shapes of the complexes: sums of Gaussians around the R peak (or around the wave's own time for P and T).
 *
 * The normal beat has the order and the relative sizes of ECGSYN (McSharry et al., IEEE Trans. Biomed. Eng. 50(3),
 * 2003) in closed form: its waves sit at -70, -15, 0, 15, 100 degrees of the beat, amplitude a b^2 after the
 * integration. Two changes: the QRS is narrowed to 90 ms (ECGSYN's is 130 ms at 60/min) and P is 0.15 mV.
 * The wide shapes follow the usual descriptions: PVC 140 ms with a T against it, paced and LBBB-like 160 ms.
 *
 * Every Gaussian has its own direction in the frontal plane (0 = left, 90 = down), so that each lead sees another shape.
 */
export interface Gauss {
  /** From the complex's time. */
  readonly atMs: number;
  readonly sigmaMs: number;
  readonly mv: number;
  readonly angleDeg: number;
}

export interface Template {
  readonly name: string;
  /** Of the atria: not touched when the ventricles are refractory. */
  readonly atrial?: true;
  readonly waves: readonly Gauss[];
}

const wave = (atMs: number, sigmaMs: number, mv: number, angleDeg: number): Gauss => ({
  atMs,
  sigmaMs,
  mv,
  angleDeg,
});

export const P: Template = { name: 'P', atrial: true, waves: [wave(0, 20, 0.15, 55)] };
/** Against the direction of conduction: junctional and ventricular beats that climb to the atria. */
export const P_RETROGRADE: Template = { name: "P'", atrial: true, waves: [wave(0, 18, 0.12, -110)] };
export const QRS: Template = {
  name: 'QRS',
  waves: [wave(-27, 8.5, -0.16, 40), wave(0, 10, 1.25, 55), wave(27, 9, -0.27, 75)],
};
/** Two Gaussians: slow up, quick down. Its time is the top. */
export const T: Template = { name: 'T', waves: [wave(-25, 50, 0.23, 45), wave(10, 32, 0.18, 45)] };

export const PVC: Template = {
  name: 'PVC',
  waves: [wave(-30, 20, 0.5, -70), wave(8, 26, 1.5, -75), wave(70, 24, -0.45, -70)],
};
export const PVC_T: Template = {
  name: 'T of PVC',
  waves: [wave(-20, 60, -0.4, -75), wave(20, 42, -0.2, -75)],
};
/** Monomorphic VT: wide, biphasic, no line between the beats at 180/min. */
export const VT: Template = {
  name: 'VT',
  waves: [wave(-12, 40, 1.15, -85), wave(95, 48, -0.8, -80)],
};
/** Paced from the right ventricle, as LBBB: slow, notched, T against it. */
export const PACED: Template = {
  name: 'paced',
  waves: [wave(-28, 24, 0.55, -65), wave(22, 28, 0.9, -75), wave(85, 22, -0.15, -75)],
};
export const PACED_T: Template = {
  name: 'T of paced',
  waves: [wave(-25, 62, -0.26, -70), wave(20, 45, -0.16, -70)],
};
export const LBBB: Template = {
  name: 'LBBB',
  waves: [wave(-26, 17, 0.6, 22), wave(20, 22, 0.95, 12), wave(64, 14, -0.1, 80)],
};
export const RBBB: Template = {
  name: 'RBBB',
  waves: [wave(-27, 9, -0.12, 40), wave(-2, 11, 1.05, 60), wave(48, 20, -0.42, 20)],
};
/** Atrial flutter wave: a slow fall and a quick rise, against II. */
export const F_WAVE: Template = {
  name: 'F',
  atrial: true,
  waves: [wave(-35, 34, -0.16, 85), wave(45, 24, 0.11, 85)],
};
/** An implanted pacemaker's pulse as a monitor of 150 Hz shows it: wide enough not to fall between two samples. */
export const PACER_SPIKE: Template = { name: 'spike', atrial: true, waves: [wave(0, 1.3, 2.2, -60)] };
