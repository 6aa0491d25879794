/**
 * Commands of the real thing for what this one has not: a pump and a stepper motor in the cuff's line, cardiac output, a clock, a
 * panel, diagnostics. They are known, and refused as an option that is not installed; never a `*` without effect.
 */
export const NOT_HERE: readonly string[] = [
  ...[
    'DIAG',
    'CAL',
    'EXIT',
    'KEY',
    'GETRTC',
    'SETRTC',
    'VALIDATION',
    'VALOFF',
    'QVAL',
    'QUI',
    'QUSB',
    'RECORD',
  ],
  ...['COBASE', 'COINJ', 'COWAVE', 'CORUN', 'IBPARTP', 'IBPARTM', 'IBPSNS', 'RESPWAVE'],
  ...['NIBPTP', 'NIBPLEAK', 'LKOFF', 'LKSTAT', 'NIBPPOP', 'POPOFF', 'POPSTAT', 'PRESS', 'PRESSX', 'UZPRESS'],
  ...['PS', 'PST', 'STFIND', 'STHOME', 'STGO', 'SPO2UTYPE', 'QURCURVES', 'QURCURVE', 'RCURVEDELALL'],
  ...['SPO2IDENT', 'QSTAT', 'RATIO', 'SPO2SLFTST', 'SPO2SNGLTST'],
];
