-- DSP/1 for Wireshark: captures that "rwave ... --pcap FILE" writes (link type USER0, 147). See PROTOCOL.md.
-- Generated from src/protocol by "npm run docs". Put it into Wireshark's plugin folder, or: wireshark -X lua_script:rwave.lua
local dsp1 = Proto("dsp1", "DSP/1 defibrillator link (simulation)")
local f = {}
f.version = ProtoField.uint8("dsp1.version", "version", base.DEC, nil, 0xf0)
f.flags = ProtoField.uint8("dsp1.flags", "flags", base.HEX, nil, 0x0f)
f.type = ProtoField.uint8("dsp1.type", "type", base.HEX)
f.seq = ProtoField.uint16("dsp1.seq", "seq")
f.session = ProtoField.uint16("dsp1.session", "session", base.HEX)
f.length = ProtoField.uint16("dsp1.length", "length")
f.crc = ProtoField.uint32("dsp1.crc", "crc32", base.HEX)
f.line = ProtoField.string("dsp1.line", "line")
f["hello.magic"] = ProtoField.string("dsp1.hello.magic", "magic")
f["hello.min_ver"] = ProtoField.uint8("dsp1.hello.min_ver", "minVer")
f["hello.max_ver"] = ProtoField.uint8("dsp1.hello.max_ver", "maxVer")
f["hello.features"] = ProtoField.uint32("dsp1.hello.features", "features")
f["hello.mtu"] = ProtoField.uint16("dsp1.hello.mtu", "mtu")
f["hello.nonce"] = ProtoField.uint32("dsp1.hello.nonce", "nonce")
f["hello.schema_hash"] = ProtoField.uint32("dsp1.hello.schema_hash", "schemaHash")
f["hello.name"] = ProtoField.stringz("dsp1.hello.name", "name")
f["welcome.ver"] = ProtoField.uint8("dsp1.welcome.ver", "ver")
f["welcome.minor"] = ProtoField.uint8("dsp1.welcome.minor", "minor")
f["welcome.features"] = ProtoField.uint32("dsp1.welcome.features", "features")
f["welcome.mtu"] = ProtoField.uint16("dsp1.welcome.mtu", "mtu")
f["welcome.session"] = ProtoField.uint16("dsp1.welcome.session", "session")
f["welcome.flags"] = ProtoField.uint8("dsp1.welcome.flags", "flags")
f["welcome.schema_hash"] = ProtoField.uint32("dsp1.welcome.schema_hash", "schemaHash")
f["welcome.tick_hz"] = ProtoField.uint32("dsp1.welcome.tick_hz", "tickHz")
f["welcome.nonce"] = ProtoField.uint32("dsp1.welcome.nonce", "nonce")
f["welcome.model"] = ProtoField.stringz("dsp1.welcome.model", "model")
f["welcome.serial"] = ProtoField.stringz("dsp1.welcome.serial", "serial")
f["welcome.firmware"] = ProtoField.stringz("dsp1.welcome.firmware", "firmware")
f["welcome.leads"] = ProtoField.uint8("dsp1.welcome.leads", "leads")
f["welcome.fs"] = ProtoField.uint16("dsp1.welcome.fs", "fs")
f["welcome.adc_gain"] = ProtoField.uint16("dsp1.welcome.adc_gain", "adcGain")
f["welcome.lead_names"] = ProtoField.string("dsp1.welcome.lead_names", "leadNames")
f["heartbeat.t_us"] = ProtoField.uint64("dsp1.heartbeat.t_us", "tUs")
f["heartbeat.state"] = ProtoField.uint8("dsp1.heartbeat.state", "state", base.DEC, {[0]="selfTest", [1]="standby", [2]="charging", [3]="ready", [4]="awaitingR", [5]="delivering", [6]="dumping", [7]="failed"})
f["heartbeat.last_seq_seen"] = ProtoField.uint16("dsp1.heartbeat.last_seq_seen", "lastSeqSeen")
f["heartbeat.rx_errors"] = ProtoField.uint16("dsp1.heartbeat.rx_errors", "rxErrors")
f["heartbeat.dropped"] = ProtoField.uint32("dsp1.heartbeat.dropped", "dropped")
f["timesync.t1"] = ProtoField.uint64("dsp1.timesync.t1", "t1")
f["timesync.t2"] = ProtoField.uint64("dsp1.timesync.t2", "t2")
f["timesync.t3"] = ProtoField.uint64("dsp1.timesync.t3", "t3")
f["ack.ref_seq"] = ProtoField.uint16("dsp1.ack.ref_seq", "refSeq")
f["ack.code"] = ProtoField.uint8("dsp1.ack.code", "code", base.DEC, {[0]="ok", [1]="inProgress", [2]="busy", [3]="badState", [4]="badParam", [5]="expired", [6]="unsupported", [7]="leadsOff", [8]="interlock", [9]="badSession", [10]="unknownArmId"})
f["ack.detail"] = ProtoField.uint16("dsp1.ack.detail", "detail")
f["nak.ref_seq"] = ProtoField.uint16("dsp1.nak.ref_seq", "refSeq")
f["nak.code"] = ProtoField.uint8("dsp1.nak.code", "code", base.DEC, {[0]="ok", [1]="inProgress", [2]="busy", [3]="badState", [4]="badParam", [5]="expired", [6]="unsupported", [7]="leadsOff", [8]="interlock", [9]="badSession", [10]="unknownArmId"})
f["nak.detail"] = ProtoField.uint16("dsp1.nak.detail", "detail")
f["status.state"] = ProtoField.uint8("dsp1.status.state", "state", base.DEC, {[0]="selfTest", [1]="standby", [2]="charging", [3]="ready", [4]="awaitingR", [5]="delivering", [6]="dumping", [7]="failed"})
f["status.sync"] = ProtoField.uint8("dsp1.status.sync", "sync")
f["status.leads_off"] = ProtoField.uint8("dsp1.status.leads_off", "leadsOff")
f["status.energy_sel_dj"] = ProtoField.uint16("dsp1.status.energy_sel_dj", "energySelDj")
f["status.cap_v"] = ProtoField.uint16("dsp1.status.cap_v", "capV")
f["status.cap_energy_dj"] = ProtoField.uint16("dsp1.status.cap_energy_dj", "capEnergyDj")
f["status.charge_pct"] = ProtoField.uint8("dsp1.status.charge_pct", "chargePct")
f["status.impedance_dohm"] = ProtoField.uint16("dsp1.status.impedance_dohm", "impedanceDohm")
f["status.battery_pct"] = ProtoField.uint8("dsp1.status.battery_pct", "batteryPct")
f["status.arm_id"] = ProtoField.uint32("dsp1.status.arm_id", "armId")
f["status.faults"] = ProtoField.uint32("dsp1.status.faults", "faults")
f["status.shocks"] = ProtoField.uint16("dsp1.status.shocks", "shocks")
f["status.dump_relay"] = ProtoField.uint8("dsp1.status.dump_relay", "dumpRelay")
f["status.pacing"] = ProtoField.uint8("dsp1.status.pacing", "pacing")
f["select_energy.energy_dj"] = ProtoField.uint16("dsp1.select_energy.energy_dj", "energyDj")
f["charge.energy_dj"] = ProtoField.uint16("dsp1.charge.energy_dj", "energyDj")
f["sync_set.on"] = ProtoField.uint8("dsp1.sync_set.on", "on")
f["sync_set.lead"] = ProtoField.uint8("dsp1.sync_set.lead", "lead")
f["fire.arm_id"] = ProtoField.uint32("dsp1.fire.arm_id", "armId")
f["fire.energy_dj"] = ProtoField.uint16("dsp1.fire.energy_dj", "energyDj")
f["fire.sync"] = ProtoField.uint8("dsp1.fire.sync", "sync")
f["fire.valid_until_us"] = ProtoField.uint64("dsp1.fire.valid_until_us", "validUntilUs")
f["fire.wait_r_ms"] = ProtoField.uint16("dsp1.fire.wait_r_ms", "waitRMs")
f["get_result.arm_id"] = ProtoField.uint32("dsp1.get_result.arm_id", "armId")
f["pace_set.on"] = ProtoField.uint8("dsp1.pace_set.on", "on")
f["pace_set.mode"] = ProtoField.uint8("dsp1.pace_set.mode", "mode")
f["pace_set.rate_ppm"] = ProtoField.uint16("dsp1.pace_set.rate_ppm", "ratePpm")
f["pace_set.current_ma"] = ProtoField.uint16("dsp1.pace_set.current_ma", "currentMa")
f["pace_set.width_us"] = ProtoField.uint16("dsp1.pace_set.width_us", "widthUs")
f["result.arm_id"] = ProtoField.uint32("dsp1.result.arm_id", "armId")
f["result.outcome"] = ProtoField.uint8("dsp1.result.outcome", "outcome", base.DEC, {[0]="unknown", [1]="pending", [2]="delivered", [3]="aborted", [4]="dumped"})
f["result.why"] = ProtoField.uint8("dsp1.result.why", "why", base.DEC, {[0]="none", [1]="host", [2]="timeout", [3]="linkLost", [4]="padsOff", [5]="energyChanged", [6]="noRWave", [7]="cancelled", [8]="fault", [9]="powerDown", [10]="chargeTimeout", [11]="delivered", [12]="impedance", [13]="modeChanged", [14]="watchdog"})
f["result.sync"] = ProtoField.uint8("dsp1.result.sync", "sync")
f["result.selected_dj"] = ProtoField.uint16("dsp1.result.selected_dj", "selectedDj")
f["result.stored_dj"] = ProtoField.uint16("dsp1.result.stored_dj", "storedDj")
f["result.delivered_dj"] = ProtoField.uint16("dsp1.result.delivered_dj", "deliveredDj")
f["result.peak_v"] = ProtoField.uint16("dsp1.result.peak_v", "peakV")
f["result.peak_da"] = ProtoField.uint16("dsp1.result.peak_da", "peakDa")
f["result.impedance_dohm"] = ProtoField.uint16("dsp1.result.impedance_dohm", "impedanceDohm")
f["result.t_r_us"] = ProtoField.uint64("dsp1.result.t_r_us", "tRUs")
f["result.t_shock_us"] = ProtoField.uint64("dsp1.result.t_shock_us", "tShockUs")
f["result.sample"] = ProtoField.uint32("dsp1.result.sample", "sample")
f["result.first_phase_us"] = ProtoField.uint16("dsp1.result.first_phase_us", "firstPhaseUs")
f["result.second_phase_us"] = ProtoField.uint16("dsp1.result.second_phase_us", "secondPhaseUs")
f["result.tilt_pm"] = ProtoField.uint16("dsp1.result.tilt_pm", "tiltPm")
f["cancel_fire.arm_id"] = ProtoField.uint32("dsp1.cancel_fire.arm_id", "armId")
f["stream_cfg.lead_mask"] = ProtoField.uint8("dsp1.stream_cfg.lead_mask", "leadMask")
f["stream_cfg.samples_per_packet"] = ProtoField.uint8("dsp1.stream_cfg.samples_per_packet", "samplesPerPacket")
f["wave.idx0"] = ProtoField.uint32("dsp1.wave.idx0", "idx0")
f["wave.t0_us"] = ProtoField.uint64("dsp1.wave.t0_us", "t0Us")
f["wave.fs"] = ProtoField.uint16("dsp1.wave.fs", "fs")
f["wave.adc_gain"] = ProtoField.uint16("dsp1.wave.adc_gain", "adcGain")
f["wave.lead_mask"] = ProtoField.uint8("dsp1.wave.lead_mask", "leadMask")
f["wave.n_leads"] = ProtoField.uint8("dsp1.wave.n_leads", "nLeads")
f["wave.n"] = ProtoField.uint8("dsp1.wave.n", "n")
f["wave.samples"] = ProtoField.bytes("dsp1.wave.samples", "samples")
f["event.event_id"] = ProtoField.uint16("dsp1.event.event_id", "eventId")
f["event.code"] = ProtoField.uint8("dsp1.event.code", "code", base.DEC, {[0]="none", [1]="rWave", [2]="ready", [3]="shock", [4]="abort", [5]="leads", [6]="linkLost", [7]="fault", [8]="dumped", [9]="pace", [10]="state"})
f["event.t_us"] = ProtoField.uint64("dsp1.event.t_us", "tUs")
f["event.sample"] = ProtoField.uint32("dsp1.event.sample", "sample")
f["event.arm_id"] = ProtoField.uint32("dsp1.event.arm_id", "armId")
f["event.why"] = ProtoField.uint8("dsp1.event.why", "why", base.DEC, {[0]="none", [1]="host", [2]="timeout", [3]="linkLost", [4]="padsOff", [5]="energyChanged", [6]="noRWave", [7]="cancelled", [8]="fault", [9]="powerDown", [10]="chargeTimeout", [11]="delivered", [12]="impedance", [13]="modeChanged", [14]="watchdog"})
f["event.sync"] = ProtoField.uint8("dsp1.event.sync", "sync")
f["event.selected_dj"] = ProtoField.uint16("dsp1.event.selected_dj", "selectedDj")
f["event.stored_dj"] = ProtoField.uint16("dsp1.event.stored_dj", "storedDj")
f["event.delivered_dj"] = ProtoField.uint16("dsp1.event.delivered_dj", "deliveredDj")
f["event.peak_v"] = ProtoField.uint16("dsp1.event.peak_v", "peakV")
f["event.peak_da"] = ProtoField.uint16("dsp1.event.peak_da", "peakDa")
f["event.impedance_dohm"] = ProtoField.uint16("dsp1.event.impedance_dohm", "impedanceDohm")
f["event.t_r_us"] = ProtoField.uint64("dsp1.event.t_r_us", "tRUs")
f["event.faults"] = ProtoField.uint32("dsp1.event.faults", "faults")
f["event.leads_off"] = ProtoField.uint8("dsp1.event.leads_off", "leadsOff")
f["event.expiry_ms"] = ProtoField.uint16("dsp1.event.expiry_ms", "expiryMs")
f["event.first_phase_us"] = ProtoField.uint16("dsp1.event.first_phase_us", "firstPhaseUs")
f["event.second_phase_us"] = ProtoField.uint16("dsp1.event.second_phase_us", "secondPhaseUs")
f["event.tilt_pm"] = ProtoField.uint16("dsp1.event.tilt_pm", "tiltPm")
f["event_ack.event_id"] = ProtoField.uint16("dsp1.event_ack.event_id", "eventId")
f["vitals_cfg.on"] = ProtoField.uint8("dsp1.vitals_cfg.on", "on")
f["vitals_cfg.channel_mask"] = ProtoField.uint8("dsp1.vitals_cfg.channel_mask", "channelMask")
f["nibp.start"] = ProtoField.uint8("dsp1.nibp.start", "start")
f["nibp.every_s"] = ProtoField.uint16("dsp1.nibp.every_s", "everyS")
f["vitals.t_us"] = ProtoField.uint64("dsp1.vitals.t_us", "tUs")
f["vitals.sample"] = ProtoField.uint32("dsp1.vitals.sample", "sample")
f["vitals.sensors"] = ProtoField.uint8("dsp1.vitals.sensors", "sensors")
f["vitals.states"] = ProtoField.uint16("dsp1.vitals.states", "states")
f["vitals.spo2_pct"] = ProtoField.uint8("dsp1.vitals.spo2_pct", "spo2Pct")
f["vitals.pulse_per_min"] = ProtoField.uint16("dsp1.vitals.pulse_per_min", "pulsePerMin")
f["vitals.etco2_dmm_hg"] = ProtoField.uint16("dsp1.vitals.etco2_dmm_hg", "etco2DmmHg")
f["vitals.breaths_per_min"] = ProtoField.uint8("dsp1.vitals.breaths_per_min", "breathsPerMin")
f["vitals.nibp_sys_mm_hg"] = ProtoField.uint16("dsp1.vitals.nibp_sys_mm_hg", "nibpSysMmHg")
f["vitals.nibp_dia_mm_hg"] = ProtoField.uint16("dsp1.vitals.nibp_dia_mm_hg", "nibpDiaMmHg")
f["vitals.nibp_mean_mm_hg"] = ProtoField.uint16("dsp1.vitals.nibp_mean_mm_hg", "nibpMeanMmHg")
f["vitals.nibp_age_s"] = ProtoField.uint16("dsp1.vitals.nibp_age_s", "nibpAgeS")
f["vitals.temperature_cc"] = ProtoField.uint16("dsp1.vitals.temperature_cc", "temperatureCc")
f["vitals.compression_mm"] = ProtoField.uint8("dsp1.vitals.compression_mm", "compressionMm")
f["vitals.compressions_per_min"] = ProtoField.uint8("dsp1.vitals.compressions_per_min", "compressionsPerMin")
f["channel.kind"] = ProtoField.uint8("dsp1.channel.kind", "kind", base.DEC, {[0]="pleth", [1]="co2", [2]="compression"})
f["channel.idx0"] = ProtoField.uint32("dsp1.channel.idx0", "idx0")
f["channel.every_samples"] = ProtoField.uint16("dsp1.channel.every_samples", "everySamples")
f["channel.per_unit"] = ProtoField.uint16("dsp1.channel.per_unit", "perUnit")
f["channel.values"] = ProtoField.bytes("dsp1.channel.values", "values")
f["patient_set.kind"] = ProtoField.uint8("dsp1.patient_set.kind", "kind", base.DEC, {[0]="adult", [1]="child"})
f["patient_set.weight_dkg"] = ProtoField.uint16("dsp1.patient_set.weight_dkg", "weightDkg")
f["set_baud.baud"] = ProtoField.uint32("dsp1.set_baud.baud", "baud")
f["log.text"] = ProtoField.string("dsp1.log.text", "text")
dsp1.fields = f

local messages = {
  [0x01] = {name="HELLO", fields={{"hello.magic", 4}, {"hello.min_ver", 1}, {"hello.max_ver", 1}, {"hello.features", 4}, {"hello.mtu", 2}, {"hello.nonce", 4}, {"hello.schema_hash", 4}, {"hello.name", 16}}},
  [0x02] = {name="WELCOME", fields={{"welcome.ver", 1}, {"welcome.minor", 1}, {"welcome.features", 4}, {"welcome.mtu", 2}, {"welcome.session", 2}, {"welcome.flags", 1}, {"welcome.schema_hash", 4}, {"welcome.tick_hz", 4}, {"welcome.nonce", 4}, {"welcome.model", 16}, {"welcome.serial", 16}, {"welcome.firmware", 16}, {"welcome.leads", 1}, {"welcome.fs", 2}, {"welcome.adc_gain", 2}, {"welcome.lead_names", 0}}},
  [0x03] = {name="HEARTBEAT", fields={{"heartbeat.t_us", 8}, {"heartbeat.state", 1}, {"heartbeat.last_seq_seen", 2}, {"heartbeat.rx_errors", 2}, {"heartbeat.dropped", 4}}},
  [0x04] = {name="TIMESYNC", fields={{"timesync.t1", 8}, {"timesync.t2", 8}, {"timesync.t3", 8}}},
  [0x10] = {name="ACK", fields={{"ack.ref_seq", 2}, {"ack.code", 1}, {"ack.detail", 2}}},
  [0x11] = {name="NAK", fields={{"nak.ref_seq", 2}, {"nak.code", 1}, {"nak.detail", 2}}},
  [0x20] = {name="GET_STATUS", fields={}},
  [0x21] = {name="STATUS", fields={{"status.state", 1}, {"status.sync", 1}, {"status.leads_off", 1}, {"status.energy_sel_dj", 2}, {"status.cap_v", 2}, {"status.cap_energy_dj", 2}, {"status.charge_pct", 1}, {"status.impedance_dohm", 2}, {"status.battery_pct", 1}, {"status.arm_id", 4}, {"status.faults", 4}, {"status.shocks", 2}, {"status.dump_relay", 1}, {"status.pacing", 1}}},
  [0x30] = {name="SELECT_ENERGY", fields={{"select_energy.energy_dj", 2}}},
  [0x31] = {name="CHARGE", fields={{"charge.energy_dj", 2}}},
  [0x32] = {name="DISARM", fields={}},
  [0x33] = {name="SYNC_SET", fields={{"sync_set.on", 1}, {"sync_set.lead", 1}}},
  [0x34] = {name="FIRE", fields={{"fire.arm_id", 4}, {"fire.energy_dj", 2}, {"fire.sync", 1}, {"fire.valid_until_us", 8}, {"fire.wait_r_ms", 2}}},
  [0x35] = {name="GET_RESULT", fields={{"get_result.arm_id", 4}}},
  [0x36] = {name="PACE_SET", fields={{"pace_set.on", 1}, {"pace_set.mode", 1}, {"pace_set.rate_ppm", 2}, {"pace_set.current_ma", 2}, {"pace_set.width_us", 2}}},
  [0x37] = {name="RESULT", fields={{"result.arm_id", 4}, {"result.outcome", 1}, {"result.why", 1}, {"result.sync", 1}, {"result.selected_dj", 2}, {"result.stored_dj", 2}, {"result.delivered_dj", 2}, {"result.peak_v", 2}, {"result.peak_da", 2}, {"result.impedance_dohm", 2}, {"result.t_r_us", 8}, {"result.t_shock_us", 8}, {"result.sample", 4}, {"result.first_phase_us", 2}, {"result.second_phase_us", 2}, {"result.tilt_pm", 2}}},
  [0x38] = {name="CANCEL_FIRE", fields={{"cancel_fire.arm_id", 4}}},
  [0x40] = {name="STREAM_CFG", fields={{"stream_cfg.lead_mask", 1}, {"stream_cfg.samples_per_packet", 1}}},
  [0x41] = {name="WAVE", fields={{"wave.idx0", 4}, {"wave.t0_us", 8}, {"wave.fs", 2}, {"wave.adc_gain", 2}, {"wave.lead_mask", 1}, {"wave.n_leads", 1}, {"wave.n", 1}, {"wave.samples", 0}}},
  [0x42] = {name="EVENT", fields={{"event.event_id", 2}, {"event.code", 1}, {"event.t_us", 8}, {"event.sample", 4}, {"event.arm_id", 4}, {"event.why", 1}, {"event.sync", 1}, {"event.selected_dj", 2}, {"event.stored_dj", 2}, {"event.delivered_dj", 2}, {"event.peak_v", 2}, {"event.peak_da", 2}, {"event.impedance_dohm", 2}, {"event.t_r_us", 8}, {"event.faults", 4}, {"event.leads_off", 1}, {"event.expiry_ms", 2}, {"event.first_phase_us", 2}, {"event.second_phase_us", 2}, {"event.tilt_pm", 2}}},
  [0x43] = {name="EVENT_ACK", fields={{"event_ack.event_id", 2}}},
  [0x44] = {name="VITALS_CFG", fields={{"vitals_cfg.on", 1}, {"vitals_cfg.channel_mask", 1}}},
  [0x45] = {name="NIBP", fields={{"nibp.start", 1}, {"nibp.every_s", 2}}},
  [0x46] = {name="VITALS", fields={{"vitals.t_us", 8}, {"vitals.sample", 4}, {"vitals.sensors", 1}, {"vitals.states", 2}, {"vitals.spo2_pct", 1}, {"vitals.pulse_per_min", 2}, {"vitals.etco2_dmm_hg", 2}, {"vitals.breaths_per_min", 1}, {"vitals.nibp_sys_mm_hg", 2}, {"vitals.nibp_dia_mm_hg", 2}, {"vitals.nibp_mean_mm_hg", 2}, {"vitals.nibp_age_s", 2}, {"vitals.temperature_cc", 2}, {"vitals.compression_mm", 1}, {"vitals.compressions_per_min", 1}}},
  [0x47] = {name="CHANNEL", fields={{"channel.kind", 1}, {"channel.idx0", 4}, {"channel.every_samples", 2}, {"channel.per_unit", 2}, {"channel.values", 0}}},
  [0x48] = {name="PATIENT_SET", fields={{"patient_set.kind", 1}, {"patient_set.weight_dkg", 2}}},
  [0x50] = {name="SET_BAUD", fields={{"set_baud.baud", 4}}},
  [0x51] = {name="RESET", fields={}},
  [0x52] = {name="LOG", fields={{"log.text", 0}}},
}

-- COBS: a ByteArray without its stuffing, or nil when it is damaged.
local function unstuff(raw)
  local out, n, at = {}, raw:len(), 0
  while at < n do
    local code = raw:get_index(at)
    if code == 0 or at + code > n then return nil end
    for i = at + 1, at + code - 1 do out[#out + 1] = string.format("%02x", raw:get_index(i)) end
    at = at + code
    if code < 255 and at < n then out[#out + 1] = "00" end
  end
  return ByteArray.new(table.concat(out))
end

local function is_line(raw)
  for i = 0, raw:len() - 1 do
    local b = raw:get_index(i)
    if not ((b >= 32 and b < 127) or b == 9 or b == 10 or b == 13) then return false end
  end
  return raw:len() > 0
end

function dsp1.dissector(buffer, pinfo, tree)
  pinfo.cols.protocol = "DSP/1"
  local raw = buffer:range():bytes()
  if is_line(raw) then
    tree:add(dsp1, buffer()):add(f.line, buffer())
    pinfo.cols.info = "line " .. buffer():string()
    return
  end
  if raw:len() > 0 and raw:get_index(raw:len() - 1) == 0 then raw:set_size(raw:len() - 1) end
  local plain = unstuff(raw)
  if plain == nil or plain:len() < 12 then
    tree:add(dsp1, buffer(), "DSP/1, damaged")
    pinfo.cols.info = "damaged"
    return
  end
  local tvb = plain:tvb("DSP/1 without COBS")
  local last = tvb:len() - 4
  local message = messages[tvb(1, 1):uint()] or {name="unknown", fields={}}
  local sub = tree:add(dsp1, tvb(), "DSP/1 " .. message.name)
  sub:add(f.version, tvb(0, 1))
  sub:add(f.flags, tvb(0, 1))
  sub:add(f.type, tvb(1, 1))
  sub:add_le(f.seq, tvb(2, 2))
  sub:add_le(f.session, tvb(4, 2))
  sub:add_le(f.length, tvb(6, 2))
  local at = 8
  for _, place in ipairs(message.fields) do
    local size = place[2] == 0 and last - at or place[2]
    if size <= 0 or at + size > last then break end
    sub:add_le(f[place[1]], tvb(at, size))
    at = at + size
  end
  sub:add_le(f.crc, tvb(last, 4))
  pinfo.cols.info = message.name .. " seq " .. tvb(2, 2):le_uint()
end

DissectorTable.get("wtap_encap"):add(wtap.USER0, dsp1)
