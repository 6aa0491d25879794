/*
 * DSP/1, the wire between host and defibrillator: see PROTOCOL.md. For simulators and test benches, not for patients.
 *
 * Generated from src/protocol by "npm run docs". Every number is little-endian, so on a little-endian machine a payload
 * can be copied into its struct (memcpy: it may be shorter or longer than yours). MIT licence.
 */
#ifndef RWAVE_PROTOCOL_H
#define RWAVE_PROTOCOL_H

#include <stdint.h>

#define DSP1_VERSION 1
#define DSP1_MINOR 1
#define DSP1_SCHEMA_HASH 0x696be7f6u
#define DSP1_HEADER_BYTES 8
#define DSP1_CRC_BYTES 4
#define DSP1_MTU_DEFAULT 252
#define DSP1_MTU_MAX 1024
#define DSP1_HEARTBEAT_MS 200
#define DSP1_DEAD_MAN_MS 1000
#define DSP1_EVENT_REPEAT_MS 100

#if defined(__cplusplus)
#define DSP1_ASSERT_SIZE(type, size) static_assert(sizeof(type) == (size), #type)
#else
#define DSP1_ASSERT_SIZE(type, size) _Static_assert(sizeof(type) == (size), #type)
#endif

enum {
  DSP1_HELLO = 0x01,
  DSP1_WELCOME = 0x02,
  DSP1_HEARTBEAT = 0x03,
  DSP1_TIMESYNC = 0x04,
  DSP1_ACK = 0x10,
  DSP1_NAK = 0x11,
  DSP1_GET_STATUS = 0x20,
  DSP1_STATUS = 0x21,
  DSP1_SELECT_ENERGY = 0x30,
  DSP1_CHARGE = 0x31,
  DSP1_DISARM = 0x32,
  DSP1_SYNC_SET = 0x33,
  DSP1_FIRE = 0x34,
  DSP1_GET_RESULT = 0x35,
  DSP1_PACE_SET = 0x36,
  DSP1_RESULT = 0x37,
  DSP1_CANCEL_FIRE = 0x38,
  DSP1_STREAM_CFG = 0x40,
  DSP1_WAVE = 0x41,
  DSP1_EVENT = 0x42,
  DSP1_EVENT_ACK = 0x43,
  DSP1_VITALS_CFG = 0x44,
  DSP1_NIBP = 0x45,
  DSP1_VITALS = 0x46,
  DSP1_CHANNEL = 0x47,
  DSP1_PATIENT_SET = 0x48,
  DSP1_SET_BAUD = 0x50,
  DSP1_RESET = 0x51,
  DSP1_LOG = 0x52,
};
enum {
  DSP1_FLAG_ACK_REQ = 0x0001,
  DSP1_FLAG_RESP = 0x0002,
  DSP1_FLAG_RETRY = 0x0004,
  DSP1_FLAG_EVENT = 0x0008,
};
enum {
  DSP1_WELCOME_SIMULATED = 0x0001,
  DSP1_WELCOME_HV_CAPABLE = 0x0002,
  DSP1_WELCOME_HV_ENABLED = 0x0004,
};
enum {
  DSP1_STATE_SELF_TEST = 0,
  DSP1_STATE_STANDBY = 1,
  DSP1_STATE_CHARGING = 2,
  DSP1_STATE_READY = 3,
  DSP1_STATE_AWAITING_R = 4,
  DSP1_STATE_DELIVERING = 5,
  DSP1_STATE_DUMPING = 6,
  DSP1_STATE_FAILED = 7,
};
enum {
  DSP1_REPLY_OK = 0,
  DSP1_REPLY_IN_PROGRESS = 1,
  DSP1_REPLY_BUSY = 2,
  DSP1_REPLY_BAD_STATE = 3,
  DSP1_REPLY_BAD_PARAM = 4,
  DSP1_REPLY_EXPIRED = 5,
  DSP1_REPLY_UNSUPPORTED = 6,
  DSP1_REPLY_LEADS_OFF = 7,
  DSP1_REPLY_INTERLOCK = 8,
  DSP1_REPLY_BAD_SESSION = 9,
  DSP1_REPLY_UNKNOWN_ARM_ID = 10,
};
enum {
  DSP1_EVENT_NONE = 0,
  DSP1_EVENT_R_WAVE = 1,
  DSP1_EVENT_READY = 2,
  DSP1_EVENT_SHOCK = 3,
  DSP1_EVENT_ABORT = 4,
  DSP1_EVENT_LEADS = 5,
  DSP1_EVENT_LINK_LOST = 6,
  DSP1_EVENT_FAULT = 7,
  DSP1_EVENT_DUMPED = 8,
  DSP1_EVENT_PACE = 9,
  DSP1_EVENT_STATE = 10,
};
enum {
  DSP1_OUTCOME_UNKNOWN = 0,
  DSP1_OUTCOME_PENDING = 1,
  DSP1_OUTCOME_DELIVERED = 2,
  DSP1_OUTCOME_ABORTED = 3,
  DSP1_OUTCOME_DUMPED = 4,
};
enum {
  DSP1_WHY_NONE = 0,
  DSP1_WHY_HOST = 1,
  DSP1_WHY_TIMEOUT = 2,
  DSP1_WHY_LINK_LOST = 3,
  DSP1_WHY_PADS_OFF = 4,
  DSP1_WHY_ENERGY_CHANGED = 5,
  DSP1_WHY_NO_R_WAVE = 6,
  DSP1_WHY_CANCELLED = 7,
  DSP1_WHY_FAULT = 8,
  DSP1_WHY_POWER_DOWN = 9,
  DSP1_WHY_CHARGE_TIMEOUT = 10,
  DSP1_WHY_DELIVERED = 11,
  DSP1_WHY_IMPEDANCE = 12,
  DSP1_WHY_MODE_CHANGED = 13,
  DSP1_WHY_WATCHDOG = 14,
};
enum {
  DSP1_FAULT_SELF_TEST = 0x0001,
  DSP1_FAULT_WATCHDOG = 0x0002,
  DSP1_FAULT_STUCK_BUTTON = 0x0004,
  DSP1_FAULT_CONTACT_LOST = 0x0008,
  DSP1_FAULT_OVER_TEMPERATURE = 0x0010,
  DSP1_FAULT_OVER_VOLTAGE = 0x0020,
  DSP1_FAULT_RELAY_WELD = 0x0040,
  DSP1_FAULT_CHARGE_FAILED = 0x0080,
  DSP1_FAULT_LOW_BATTERY = 0x0100,
  DSP1_FAULT_DUMP_FAILED = 0x0200,
  DSP1_FAULT_ECG_OVERLOAD = 0x0400,
  DSP1_FAULT_MEMORY = 0x0800,
};
enum {
  DSP1_FEATURE_VITALS = 0x0001,
  DSP1_FEATURE_PAEDIATRIC = 0x0002,
};
enum {
  DSP1_CHANNEL_KIND_PLETH = 0,
  DSP1_CHANNEL_KIND_CO2 = 1,
  DSP1_CHANNEL_KIND_COMPRESSION = 2,
};
enum {
  DSP1_SENSOR_SPO2 = 0x0001,
  DSP1_SENSOR_CO2 = 0x0002,
  DSP1_SENSOR_NIBP = 0x0004,
  DSP1_SENSOR_TEMPERATURE = 0x0008,
  DSP1_SENSOR_COMPRESSION = 0x0010,
};
enum {
  DSP1_VITAL_SPO2_OFF = 0x0001,
  DSP1_VITAL_NO_PULSE = 0x0002,
  DSP1_VITAL_CO2_OFF = 0x0004,
  DSP1_VITAL_NO_BREATH = 0x0008,
  DSP1_VITAL_CUFF_INFLATED = 0x0010,
  DSP1_VITAL_NIBP_FAILED = 0x0020,
  DSP1_VITAL_TEMPERATURE_OFF = 0x0040,
  DSP1_VITAL_NO_COMPRESSIONS = 0x0080,
};
enum {
  DSP1_PATIENT_ADULT = 0,
  DSP1_PATIENT_CHILD = 1,
};

#pragma pack(push, 1)

typedef struct {
  uint8_t version_flags; /* version << 4 | flags */
  uint8_t type;
  uint16_t seq;
  uint16_t session;
  uint16_t length; /* of the payload, which follows; then the CRC-32 */
} dsp1_header_t;
DSP1_ASSERT_SIZE(dsp1_header_t, DSP1_HEADER_BYTES);

/* 0x01: opens a session; the only packet with session 0 */
typedef struct {
  char magic[4];
  uint8_t min_ver;
  uint8_t max_ver;
  uint32_t features;
  uint16_t mtu;
  uint32_t nonce;
  uint32_t schema_hash;
  char name[16];
} dsp1_hello_t;
DSP1_ASSERT_SIZE(dsp1_hello_t, 36);

/* 0x02: answers hello with the session number that every later packet carries */
typedef struct {
  uint8_t ver;
  uint8_t minor;
  uint32_t features;
  uint16_t mtu;
  uint16_t session;
  uint8_t flags;
  uint32_t schema_hash;
  uint32_t tick_hz;
  uint32_t nonce;
  char model[16];
  char serial[16];
  char firmware[16];
  uint8_t leads;
  uint16_t fs;
  uint16_t adc_gain;
  char lead_names[];
} dsp1_welcome_t;
DSP1_ASSERT_SIZE(dsp1_welcome_t, 76);

/* 0x03: five a second from each side; silence is link loss */
typedef struct {
  uint64_t t_us;
  uint8_t state;
  uint16_t last_seq_seen;
  uint16_t rx_errors;
  uint32_t dropped;
} dsp1_heartbeat_t;
DSP1_ASSERT_SIZE(dsp1_heartbeat_t, 17);

/* 0x04: host sends t1; the box answers with its clock at receipt (t2) and at sending (t3) */
typedef struct {
  uint64_t t1;
  uint64_t t2;
  uint64_t t3;
} dsp1_timesync_t;
DSP1_ASSERT_SIZE(dsp1_timesync_t, 24);

/* 0x10: the command refSeq was carried out */
typedef struct {
  uint16_t ref_seq;
  uint8_t code;
  uint16_t detail;
} dsp1_ack_t;
DSP1_ASSERT_SIZE(dsp1_ack_t, 5);

/* 0x11: the command refSeq was refused */
typedef struct {
  uint16_t ref_seq;
  uint8_t code;
  uint16_t detail;
} dsp1_nak_t;
DSP1_ASSERT_SIZE(dsp1_nak_t, 5);

/* 0x20: asks for status */
/* no payload */

/* 0x21: the state of the box */
typedef struct {
  uint8_t state;
  uint8_t sync;
  uint8_t leads_off;
  uint16_t energy_sel_dj;
  uint16_t cap_v;
  uint16_t cap_energy_dj;
  uint8_t charge_pct;
  uint16_t impedance_dohm;
  uint8_t battery_pct;
  uint32_t arm_id;
  uint32_t faults;
  uint16_t shocks;
  uint8_t dump_relay;
  uint8_t pacing;
} dsp1_status_t;
DSP1_ASSERT_SIZE(dsp1_status_t, 25);

/* 0x30: absolute, not a step */
typedef struct {
  uint16_t energy_dj;
} dsp1_select_energy_t;
DSP1_ASSERT_SIZE(dsp1_select_energy_t, 2);

/* 0x31: charges to energyDj; already there answers ok */
typedef struct {
  uint16_t energy_dj;
} dsp1_charge_t;
DSP1_ASSERT_SIZE(dsp1_charge_t, 2);

/* 0x32: dumps the energy; obeyed in any state and any session, as often as sent */
/* no payload */

/* 0x33: switches the synchroniser */
typedef struct {
  uint8_t on;
  uint8_t lead;
} dsp1_sync_set_t;
DSP1_ASSERT_SIZE(dsp1_sync_set_t, 2);

/* 0x34: sent once, never again: permits one delivery of exactly this charge until validUntilUs on the box clock */
typedef struct {
  uint32_t arm_id;
  uint16_t energy_dj;
  uint8_t sync;
  uint64_t valid_until_us;
  uint16_t wait_r_ms;
} dsp1_fire_t;
DSP1_ASSERT_SIZE(dsp1_fire_t, 17);

/* 0x35: asks what became of armId */
typedef struct {
  uint32_t arm_id;
} dsp1_get_result_t;
DSP1_ASSERT_SIZE(dsp1_get_result_t, 4);

/* 0x36: pacer settings; mode 0 fixed, 1 demand */
typedef struct {
  uint8_t on;
  uint8_t mode;
  uint16_t rate_ppm;
  uint16_t current_ma;
  uint16_t width_us;
} dsp1_pace_set_t;
DSP1_ASSERT_SIZE(dsp1_pace_set_t, 8);

/* 0x37: what became of armId: OUTCOME, and the shock in figures when it was delivered (tiltPm: fall of the voltage in the capacitor over the whole pulse, in 0.1 %; a second phase of 0 us: monophasic) */
typedef struct {
  uint32_t arm_id;
  uint8_t outcome;
  uint8_t why;
  uint8_t sync;
  uint16_t selected_dj;
  uint16_t stored_dj;
  uint16_t delivered_dj;
  uint16_t peak_v;
  uint16_t peak_da;
  uint16_t impedance_dohm;
  uint64_t t_r_us;
  uint64_t t_shock_us;
  uint32_t sample;
  uint16_t first_phase_us;
  uint16_t second_phase_us;
  uint16_t tilt_pm;
} dsp1_result_t;
DSP1_ASSERT_SIZE(dsp1_result_t, 45);

/* 0x38: withdraws a waiting synchronized shock; the armId is burnt */
typedef struct {
  uint32_t arm_id;
} dsp1_cancel_fire_t;
DSP1_ASSERT_SIZE(dsp1_cancel_fire_t, 4);

/* 0x40: which leads to send (bit k = lead k; 0 stops), how many samples in a packet */
typedef struct {
  uint8_t lead_mask;
  uint8_t samples_per_packet;
} dsp1_stream_cfg_t;
DSP1_ASSERT_SIZE(dsp1_stream_cfg_t, 2);

/* 0x41: n samples of nLeads leads, sample after sample; adu = mV * adcGain; -32768 = not measured */
typedef struct {
  uint32_t idx0;
  uint64_t t0_us;
  uint16_t fs;
  uint16_t adc_gain;
  uint8_t lead_mask;
  uint8_t n_leads;
  uint8_t n;
  int16_t samples[];
} dsp1_wave_t;
DSP1_ASSERT_SIZE(dsp1_wave_t, 19);

/* 0x42: something happened; repeated every 100 ms until acknowledged (rWave: sent once; its sync tells whether the trigger may carry a shock) */
typedef struct {
  uint16_t event_id;
  uint8_t code;
  uint64_t t_us;
  uint32_t sample;
  uint32_t arm_id;
  uint8_t why;
  uint8_t sync;
  uint16_t selected_dj;
  uint16_t stored_dj;
  uint16_t delivered_dj;
  uint16_t peak_v;
  uint16_t peak_da;
  uint16_t impedance_dohm;
  uint64_t t_r_us;
  uint32_t faults;
  uint8_t leads_off;
  uint16_t expiry_ms;
  uint16_t first_phase_us;
  uint16_t second_phase_us;
  uint16_t tilt_pm;
} dsp1_event_t;
DSP1_ASSERT_SIZE(dsp1_event_t, 54);

/* 0x43: event eventId arrived */
typedef struct {
  uint16_t event_id;
} dsp1_event_ack_t;
DSP1_ASSERT_SIZE(dsp1_event_ack_t, 2);

/* 0x44: on: VITALS once a second; channelMask: which slow waves to send (bit k = CHANNELS[k]; 0 stops) */
typedef struct {
  uint8_t on;
  uint8_t channel_mask;
} dsp1_vitals_cfg_t;
DSP1_ASSERT_SIZE(dsp1_vitals_cfg_t, 2);

/* 0x45: inflates the cuff: now where start is 1, then every everyS seconds (0: never again); start 0 and everyS 0 lets the air out */
typedef struct {
  uint8_t start;
  uint16_t every_s;
} dsp1_nibp_t;
DSP1_ASSERT_SIZE(dsp1_nibp_t, 3);

/* 0x46: what the other sensors measured; 0 = not measured. sensors: bits of SENSORS that are plugged in; states: bits of VITAL_STATES, raw, without delay or priority */
typedef struct {
  uint64_t t_us;
  uint32_t sample;
  uint8_t sensors;
  uint16_t states;
  uint8_t spo2_pct;
  uint16_t pulse_per_min;
  uint16_t etco2_dmm_hg;
  uint8_t breaths_per_min;
  uint16_t nibp_sys_mm_hg;
  uint16_t nibp_dia_mm_hg;
  uint16_t nibp_mean_mm_hg;
  uint16_t nibp_age_s;
  uint16_t temperature_cc;
  uint8_t compression_mm;
  uint8_t compressions_per_min;
} dsp1_vitals_t;
DSP1_ASSERT_SIZE(dsp1_vitals_t, 33);

/* 0x47: values of a slow wave: CHANNELS[kind], one every everySamples samples of the ECG from idx0 on; value / perUnit is in its unit; -32768 = not measured */
typedef struct {
  uint8_t kind;
  uint32_t idx0;
  uint16_t every_samples;
  uint16_t per_unit;
  int16_t values[];
} dsp1_channel_t;
DSP1_ASSERT_SIZE(dsp1_channel_t, 9);

/* 0x48: who is treated: PATIENTS[kind], weightDkg in 0.1 kg (0: not known). Energies outside the limits for a child are refused; a charge outside them is dumped */
typedef struct {
  uint8_t kind;
  uint16_t weight_dkg;
} dsp1_patient_set_t;
DSP1_ASSERT_SIZE(dsp1_patient_set_t, 3);

/* 0x50: both sides change after the ack */
typedef struct {
  uint32_t baud;
} dsp1_set_baud_t;
DSP1_ASSERT_SIZE(dsp1_set_baud_t, 4);

/* 0x51: dumps and restarts the box */
/* no payload */

/* 0x52: text for people */
/* the payload is text, without a NUL */

#pragma pack(pop)

#endif
