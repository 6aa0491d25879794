/** docs/rwave.lua: a Wireshark dissector for captures made with --pcap, from the same table. */
import { CRC_BYTES, HEADER_BYTES } from '../../protocol/codec.ts';
import { BOX_STATES, CHANNELS, PATIENTS, EVENTS, OUTCOMES, REPLIES, WHYS } from '../../protocol/messages.ts';
import type { FieldType, MessageType } from '../../protocol/messages.ts';
import { hex, LAYOUTS, snake } from './layout.ts';
import type { FieldPlace, MessageLayout } from './layout.ts';

const LUA_TYPE: Readonly<Record<FieldType, string>> = {
  u8: 'uint8',
  u16: 'uint16',
  u32: 'uint32',
  u64: 'uint64',
  i16: 'int16',
  char4: 'string',
  char16: 'stringz',
  i16s: 'bytes',
  text: 'string',
};

/** Fields whose number has a name. */
const NAMES: Readonly<Partial<Record<`${MessageType}.${string}`, readonly string[]>>> = {
  'heartbeat.state': BOX_STATES,
  'status.state': BOX_STATES,
  'ack.code': REPLIES,
  'nak.code': REPLIES,
  'event.code': EVENTS,
  'event.why': WHYS,
  'channel.kind': CHANNELS,
  'patientSet.kind': PATIENTS,
  'result.outcome': OUTCOMES,
  'result.why': WHYS,
};

function protoField(layout: MessageLayout, { name, type }: FieldPlace): string {
  const id = `${snake(layout.type)}.${snake(name)}`;
  const words = NAMES[`${layout.type}.${name}`];
  const list = words?.map((w, i) => `[${i}]="${w}"`).join(', ');
  const extra = list === undefined ? '' : `, base.DEC, {${list}}`;
  return `f["${id}"] = ProtoField.${LUA_TYPE[type]}("dsp1.${id}", "${name}"${extra})`;
}

function entry({ type, spec, fields }: MessageLayout): string {
  const places = fields.map((f) => `{"${snake(type)}.${snake(f.name)}", ${f.bytes}}`);
  return `  [${hex(spec.id)}] = {name="${snake(type).toUpperCase()}", fields={${places.join(', ')}}},`;
}

export function luaDissector(): string {
  return `-- DSP/1 for Wireshark: captures that "rwave ... --pcap FILE" writes (link type USER0, 147). See PROTOCOL.md.
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
${LAYOUTS.flatMap((layout) => layout.fields.map((place) => protoField(layout, place))).join('\n')}
dsp1.fields = f

local messages = {
${LAYOUTS.map(entry).join('\n')}
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
  if plain == nil or plain:len() < ${HEADER_BYTES + CRC_BYTES} then
    tree:add(dsp1, buffer(), "DSP/1, damaged")
    pinfo.cols.info = "damaged"
    return
  end
  local tvb = plain:tvb("DSP/1 without COBS")
  local last = tvb:len() - ${CRC_BYTES}
  local message = messages[tvb(1, 1):uint()] or {name="unknown", fields={}}
  local sub = tree:add(dsp1, tvb(), "DSP/1 " .. message.name)
  sub:add(f.version, tvb(0, 1))
  sub:add(f.flags, tvb(0, 1))
  sub:add(f.type, tvb(1, 1))
  sub:add_le(f.seq, tvb(2, 2))
  sub:add_le(f.session, tvb(4, 2))
  sub:add_le(f.length, tvb(6, 2))
  local at = ${HEADER_BYTES}
  for _, place in ipairs(message.fields) do
    local size = place[2] == 0 and last - at or place[2]
    if size <= 0 or at + size > last then break end
    sub:add_le(f[place[1]], tvb(at, size))
    at = at + size
  end
  sub:add_le(f.crc, tvb(last, ${CRC_BYTES}))
  pinfo.cols.info = message.name .. " seq " .. tvb(2, 2):le_uint()
end

DissectorTable.get("wtap_encap"):add(wtap.USER0, dsp1)
`;
}
